"""What the session's page needs to offer its host to go live from the browser."""

from django import template
from django.conf import settings
from django.utils.translation import gettext as _

from lukou_market.streams.models import LiveSession
from lukou_market.studio.camera.permit import may_show_picture

register = template.Library()


@register.simple_tag
def camera_of(session: LiveSession) -> str:
    """`ready`, `no-ingest` where nothing takes a picture, empty when the session takes none."""
    if not may_show_picture(session):
        return ""
    return "ready" if settings.INGEST_URL else "no-ingest"


@register.simple_tag
def camera_words() -> dict[str, str]:
    """What the page says in each state of the camera."""
    return {
        "off": _("The picture is off. The stream goes on, orders stay open."),
        "asking": _("Please allow the browser to use camera and microphone."),
        "connecting": _("Connecting…"),
        "live": _("On air: buyers see you now."),
        "live-silent": _(
            "On air, but without sound: no microphone was found. Buyers only see you."
        ),
        "weak": _("Weak network: the picture is late."),
        "interrupted": _("Interrupted: connecting again. Orders stay open."),
        "let-out": _(
            "The picture is not let in. Perhaps another phone or app is sending into this stream: "
            "end it there. Trying again."
        ),
        "elsewhere": _("Another page sends the picture now, so this one has stopped."),
        "ended": _("The stream is over, and so is the picture."),
        "denied": _(
            "The browser may not use camera and microphone. Tap the sign beside the address, "
            "allow both, and try again."
        ),
        "no-camera": _("No camera was found on this device."),
        "busy": _("The camera is used by another app. Close it there and try again."),
        "insecure": _(
            "Browsers hand over the camera only on addresses that begin with https:// (or on "
            "localhost). Open this page by such an address."
        ),
        "unable": _("This browser can't record. Use Chrome, Edge or Safari of a recent year."),
        "signed-out": _("You are signed out. Sign in again and go on."),
        "failed": _("This page is out of date. Reload it and start again."),
    }
