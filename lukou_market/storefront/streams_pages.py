"""The list of streams, the room of one, and the order button in it."""

from typing import Any
from urllib.parse import urlencode

import orjson
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_POST

from lukou_market.aid.offer_benefits import OfferBenefit
from lukou_market.orders.count_taps import count_taps
from lukou_market.storefront.forms import TapForm
from lukou_market.storefront.offer_cards import OfferCard, cards_of
from lukou_market.storefront.replay_page import has_replay, moments_of
from lukou_market.storefront.room_body import room_body
from lukou_market.storefront.room_talk import take_kept_words
from lukou_market.storefront.room_words import room_words
from lukou_market.storefront.taps import Tap, keep_tap, order_tapped
from lukou_market.streams.errors import SessionNotFound
from lukou_market.streams.models import LiveSession
from lukou_market.streams.queries import listed_sessions, session_with_offers

Status = LiveSession.Status

_MOST_LISTED = 60
# Asked for at once: one that imports another would be found out about a round trip later.
_MODULES = [
    f"market/room_{name}.js" for name in ("clock", "feed", "offers", "picture", "talk", "words")
]


@gzip_page
@require_GET
def streams(request: HttpRequest) -> HttpResponse:
    """Live now, coming, and over."""
    sessions = listed_sessions()[:_MOST_LISTED]
    groups = {
        "live": [session for session in sessions if session.takes_orders],
        "scheduled": [session for session in sessions if session.status == Status.SCHEDULED],
        "ended": [session for session in sessions if session.status == Status.ENDED],
    }
    return render(request, "storefront/streams.html", groups)


@gzip_page  # safe here: no secret of the visitor's but the form token, masked anew each time
@never_cache  # the browser's back button must bring a fresh key
@require_GET
def room(request: HttpRequest, session_id: int) -> HttpResponse:
    """The picture, the pinned offer below it, the others in a sheet."""
    session = _session_or_404(session_id)
    now = timezone.now()
    cards = cards_of(session, now=now, wanted=_wanted(request))
    words = room_words()
    context = {
        "session": session,
        "state": orjson.loads(room_body(session_id).json),
        "now": now,
        "cards": cards,
        "pinned": next((card for card in cards if card.pinned), None),
        "products": _products(cards),
        "words": words,
        "note": words["note"].get(session.status, ""),
        "unsent": take_kept_words(request, session_id),
        "nothing_pinned": words["nothingPinned"],
        "edge": bool(settings.EDGE_URL),
        **_replay(session),
        "modules": _MODULES,
    }
    return render(request, "storefront/room.html", context)


@require_POST
def order(request: HttpRequest, session_id: int) -> HttpResponseRedirect:
    """A tap on an order button; somebody not signed in signs in first, the tap is kept."""
    form = TapForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose how many (1 or more) and order again."))
        return redirect("storefront:room", session_id=session_id)
    given = form.cleaned_data
    tap = Tap(
        session_id=session_id,
        key=str(given["key"]),
        offer_id=given["offer"],
        quantity=given["quantity"],
        shown_total_fen=given["shown_price_fen"] * given["quantity"],
    )
    count_taps({(tap.offer_id, timezone.now()): 1})
    if request.user.is_authenticated:
        return order_tapped(request, tap)
    keep_tap(request, tap)
    messages.info(request, _("Sign in with your phone; then your order is placed at once."))
    back = urlencode({"next": reverse("storefront:room", args=[session_id])})
    return HttpResponseRedirect(f"{reverse('storefront:sign-in')}?{back}")


def _products(cards: list[OfferCard]) -> list[OfferBenefit]:
    """One box of each product: its first offer's."""
    first: dict[tuple[str, str], OfferBenefit] = {}
    for card in cards:
        first.setdefault((card.benefit.producer, card.benefit.product), card.benefit)
    return list(first.values())


def _replay(session: LiveSession) -> dict[str, Any]:
    if session.status != Status.ENDED or not has_replay(session):
        return {"replay": False}
    moments = moments_of(session)
    pins = [{"ms": one.at_ms, "offer": one.offer and one.offer.pk} for one in moments]
    return {"replay": True, "moments": [one for one in moments if one.offer], "pins": pins}


def _session_or_404(session_id: int) -> LiveSession:
    try:
        return session_with_offers(session_id)
    except SessionNotFound:
        raise Http404 from None


def _wanted(request: HttpRequest) -> dict[int, int]:
    """The quantity that a refused tap asked for, by the offer's id."""
    offer, quantity = request.GET.get("offer", ""), request.GET.get("quantity", "")
    valid = offer.isdecimal() and quantity.isdecimal() and len(offer) < 19 and len(quantity) < 5
    return {int(offer): int(quantity)} if valid else {}
