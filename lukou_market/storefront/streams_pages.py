"""The list of streams, the room of one, and the order button in it."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lukou_market.storefront.forms import TapForm
from lukou_market.storefront.taps import Tap, keep_tap, order_tapped
from lukou_market.streams.errors import SessionNotFound
from lukou_market.streams.models import LiveSession, Offer
from lukou_market.streams.queries import listed_sessions, session_with_offers

Status = LiveSession.Status

_MOST_LISTED = 60


@dataclass(frozen=True, slots=True)
class OfferCard:
    """An offer as the room shows it; `key` makes a tap on this very card count once."""

    offer: Offer
    key: uuid.UUID
    pinned: bool
    open: bool
    quantity: int

    @property
    def total_fen(self) -> int:
        """What the chosen quantity costs."""
        return self.quantity * self.offer.price_fen


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


@never_cache  # the browser's back button must bring a fresh key
@require_GET
def room(request: HttpRequest, session_id: int) -> HttpResponse:
    """The pinned offer large, the others below."""
    session = _session_or_404(session_id)
    now = timezone.now()
    cards = [_card(request, session, offer, now) for offer in session.offers.all()]
    cards.sort(key=lambda card: not card.pinned)
    words = _words()
    context = {
        "session": session,
        "cards": cards,
        "words": words,
        "note": words["note"].get(session.status, ""),
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
    if request.user.is_authenticated:
        return order_tapped(request, tap)
    keep_tap(request, tap)
    messages.info(request, _("Sign in with your phone; then your order is placed at once."))
    back = urlencode({"next": reverse("storefront:room", args=[session_id])})
    return HttpResponseRedirect(f"{reverse('storefront:sign-in')}?{back}")


def _session_or_404(session_id: int) -> LiveSession:
    try:
        return session_with_offers(session_id)
    except SessionNotFound:
        raise Http404 from None


def _words() -> dict[str, Any]:
    """What the room's script writes when something changes."""
    return {
        "status": {str(value): str(label) for value, label in Status.choices},
        "note": {
            "live": _("What you order is kept for you for %(minutes)d minutes.")
            % {"minutes": settings.RESERVATION.total_seconds() // 60},
            "interrupted": _("The connection dropped for a moment. You can still order."),
            "ended": _("This stream is over. Thank you for coming."),
            "cancelled": _("This stream was called off."),
        },
        "order": _("Buy"),
        "soldOut": _("Sold out"),
        "closed": _("Not open"),
    }


def _card(request: HttpRequest, session: LiveSession, offer: Offer, now: datetime) -> OfferCard:
    opened = (offer.opens_at is None or offer.opens_at <= now) and (
        offer.closes_at is None or now < offer.closes_at
    )
    wanted = request.GET.get("quantity", "") if request.GET.get("offer") == str(offer.pk) else ""
    return OfferCard(
        offer=offer,
        key=uuid.uuid4(),
        pinned=offer.pk == session.pinned_offer_id,
        open=session.takes_orders and opened and not offer.paused,
        quantity=int(wanted) if wanted.isdecimal() and len(wanted) < 5 else 1,
    )
