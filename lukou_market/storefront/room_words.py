"""What the room's script writes when something changes."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from lukou_market.storefront.offer_cards import buy_words
from lukou_market.streams.models import LiveSession


def room_words() -> dict[str, Any]:
    """The sentences by name; `%(name)s` in them is filled in by the script."""
    return {
        "status": {str(value): str(label) for value, label in LiveSession.Status.choices},
        "note": {
            "live": _kept_for(int(settings.RESERVATION.total_seconds())),
            "interrupted": _("The connection dropped for a moment. You can still order."),
            "ended": _("This stream is over. Thank you for coming."),
            "cancelled": _("This stream was called off."),
        },
        "buy": buy_words(),
        "order": _("Place order"),
        "nothingPinned": _("The host has not picked an offer to show yet."),
        "perJin": _("¥%(price)s per jin"),
        "together": _("%(jin)s jin (%(kg)s kg) together"),
        "opensIn": _("opens in %(time)s"),
        "closesIn": _("ends in %(time)s"),
        "over": _("over"),
        "sold": _("%(who)s bought %(quantity)s: %(what)s"),
        "viewers": _("%(viewers)s viewers"),
        "watching": _("%(count)s watching"),
        "nowShown": _("Now being shown: %(what)s"),
        "noPicture": _("This browser can't play the picture. Everything else works."),
        "savingData": _("Saving data: no picture. Offers, chat and orders go on."),
        "offline": _("No connection. Trying again …"),
        "notSent": _("That could not be sent. Please try again."),
    }


def _kept_for(seconds: int) -> str:
    if seconds < 60:
        return _("What you order is kept for you for %(seconds)d seconds.") % {"seconds": seconds}
    minutes = seconds // 60
    return _("What you order is kept for you for %(minutes)d minutes.") % {"minutes": minutes}
