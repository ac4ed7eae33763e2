"""The console of one session: what is sold, how it goes, and what the host can do."""

from typing import Any

from django.conf import settings
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lukou_market.kernel.qr_code import qr_svg
from lukou_market.streams.models import LiveSession
from lukou_market.streams.stream_keys import stream_name
from lukou_market.studio.access import HostRequest, for_hosts, own_session
from lukou_market.studio.chat_rows import chat_rows
from lukou_market.studio.forms import FlashForm, OfferForm
from lukou_market.studio.live_parts import live_parts


@never_cache
@require_GET
@for_hosts
def session(request: HostRequest, session_id: int) -> HttpResponse:
    """The console of one session."""
    return show_session(request, own_session(request.host, session_id))


@never_cache
@require_GET
@for_hosts
def figures(request: HostRequest, session_id: int) -> HttpResponse:
    """The parts that change, for the page to look again."""
    mine = own_session(request.host, session_id)
    return render(request, "studio/_live.html", live_parts(mine, now=timezone.now()))


def show_session(request: HostRequest, session: LiveSession, **wrong_forms: Form) -> HttpResponse:
    """The page of `session`; a form that was filled in wrongly is shown again as it was."""
    context = live_parts(session, now=timezone.now()) | _share(session)
    context["chat"] = chat_rows(session, now=context["now"])
    if not context["over"]:
        context |= _ingest(session) | _forms(session)
    return render(request, "studio/session.html", context | wrong_forms)


def _forms(session: LiveSession) -> dict[str, Any]:
    pinned = session.pinned_offer
    flash = FlashForm(
        session=session, initial={"sku": pinned and pinned.sku_id}, auto_id="flash-%s"
    )
    return {"offer_form": OfferForm(session=session), "flash_form": flash}


def _share(session: LiveSession) -> dict[str, Any]:
    address = settings.PUBLIC_BASE_URL + reverse("storefront:room", args=[session.pk])
    return {"room_address": address, "room_code": qr_svg(address), "edge": settings.EDGE_URL}


def _ingest(session: LiveSession) -> dict[str, Any]:
    if not settings.INGEST_URL:
        return {}
    name = stream_name(session)
    address = f"{settings.INGEST_URL}/{name}"
    return {"stream_name": name, "ingest": settings.INGEST_URL, "ingest_code": qr_svg(address)}
