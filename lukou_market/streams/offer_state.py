"""What changes of an offer while people look: in the room's state and in its events."""

from datetime import datetime

from lukou_market.streams.models import LiveSession, Offer

OfferState = dict[str, object]
"""The members of `OfferStateAnswer`."""


def offer_state(offer: Offer, session: LiveSession, now: datetime) -> OfferState:
    """The offer as a room shows it at `now`."""
    opened = offer.opens_at is None or offer.opens_at <= now
    closed = offer.closes_at is not None and offer.closes_at <= now
    return {
        "id": offer.pk,
        "position": offer.position,
        "left": offer.left,
        "price_fen": offer.price_fen,
        "open": session.takes_orders and opened and not closed and not offer.paused,
        "opens_at": offer.opens_at,
        "closes_at": offer.closes_at,
    }
