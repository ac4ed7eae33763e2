"""The offers of a room as cards: in the page, and alone for a page that is open already."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_supported_language_variant, override
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET

from lukou_market.aid.offer_benefits import OfferBenefit, benefits_of
from lukou_market.streams.errors import SessionNotFound
from lukou_market.streams.models import LiveSession, Offer
from lukou_market.streams.queries import session_with_offers

_KEPT_S = 1
_BENEFITS_KEPT_S = 60


@dataclass(frozen=True, slots=True)
class OfferCard:
    """An offer as the room shows it; `key` makes a tap on this very card count once.

    `state` is order, soldOut, soon (opens later) or closed.
    """

    offer: Offer
    key: uuid.UUID | str
    pinned: bool
    state: str
    benefit: OfferBenefit
    quantity: int = 1

    @property
    def total_fen(self) -> int:
        """What the chosen quantity costs."""
        return self.quantity * self.offer.price_fen

    @property
    def weight_g(self) -> int:
        """What the chosen quantity weighs."""
        return self.quantity * self.offer.sku.weight_g

    @property
    def flash(self) -> bool:
        """Whether it is sold at certain times only."""
        return bool(self.offer.opens_at or self.offer.closes_at)

    @property
    def buy_word(self) -> str:
        """What stands on its button."""
        return buy_words()[self.state]


def buy_words() -> dict[str, str]:
    """What stands on the button of an offer in each state."""
    return {
        "order": _("Buy"),
        "soldOut": _("Sold out"),
        "soon": _("Opens soon"),
        "closed": _("Not open"),
    }


def cards_of(
    session: LiveSession, *, now: datetime, wanted: dict[int, int] | None = None
) -> list[OfferCard]:
    """A card for each offer; `wanted` are quantities by the offer's id."""
    offers = list(session.offers.all())
    benefits = _benefits(session.pk, offers, now)
    return [
        OfferCard(
            offer=offer,
            key=uuid.uuid4(),
            pinned=offer.pk == session.pinned_offer_id,
            state=_state(session, offer, now),
            benefit=benefits[offer.pk],
            quantity=(wanted or {}).get(offer.pk, 1),
        )
        for offer in offers
    ]


@gzip_page
@require_GET
def room_cards(request: HttpRequest, session_id: int, language: str) -> HttpResponse:
    """The cards as they are for everybody: no key, no form token; at most a second old.

    Rooms that are open ask for it when an offer comes that they have no card of.
    """
    try:
        language = get_supported_language_variant(language)
    except LookupError:
        raise Http404 from None
    key = f"room-cards:{session_id}:{language}"
    html: str | None = cache.get(key)
    if html is None:
        with override(language):
            html = _bare_cards(session_id)
        cache.set(key, html, _KEPT_S)
    return HttpResponse(html, headers={"Cache-Control": f"public, max-age={_KEPT_S}"})


def _bare_cards(session_id: int) -> str:
    try:
        session = session_with_offers(session_id)
    except SessionNotFound:
        raise Http404 from None
    cards = (replace(card, key="") for card in cards_of(session, now=timezone.now()))
    return "".join(render_to_string("storefront/_offer.html", {"card": card}) for card in cards)


def _benefits(session_id: int, offers: list[Offer], now: datetime) -> dict[int, OfferBenefit]:
    """Kept for a minute: a full room comes in at once, and rules change rarely."""
    shown = ",".join(f"{offer.pk}:{offer.price_fen}" for offer in offers)
    key = f"benefits:{session_id}:{blake2b(shown.encode(), digest_size=12).hexdigest()}"
    benefits: dict[int, OfferBenefit] | None = cache.get(key)
    if benefits is None:
        benefits = benefits_of(offers, now=now)
        cache.set(key, benefits, _BENEFITS_KEPT_S)
    return benefits


def _state(session: LiveSession, offer: Offer, now: datetime) -> str:
    if not session.takes_orders or offer.paused or (offer.closes_at and offer.closes_at <= now):
        return "closed"
    if offer.opens_at and offer.opens_at > now:
        return "soon"
    return "order" if offer.left > 0 else "soldOut"
