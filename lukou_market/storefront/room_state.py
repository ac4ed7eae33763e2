"""What a live room shows, read afresh for many rooms at once."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

from lukou_market.orders.latest_sales import Sale, latest_sales
from lukou_market.streams.count_audience import watching_in
from lukou_market.streams.hearts import hearts_in
from lukou_market.streams.models import LiveSession, Offer
from lukou_market.streams.offer_state import OfferState, offer_state
from lukou_market.streams.viewers import counted_in

SALES_SHOWN = 5


class RoomState(TypedDict):
    """The members of `RoomStateAnswer` but `chat`. Events have its members, with their shapes."""

    session: int
    status: str
    picture: bool
    notice: str
    pinned_offer: int | None
    viewers: int
    watching: int
    hearts: int
    offers: list[OfferState]
    sold: list[Sale]


def room_states(sessions: Sequence[LiveSession], now: datetime) -> dict[int, RoomState]:
    """The states of rooms at `now`, by session, read in as many queries as one takes.

    The sessions come with their stream keys.
    """
    session_ids = [session.pk for session in sessions]
    offers = defaultdict(list)
    for offer in Offer.objects.filter(session__in=session_ids):
        offers[offer.session_id].append(offer)
    sales = latest_sales(session_ids, SALES_SHOWN)
    audience, hearts = _Audience(session_ids, now), hearts_in(session_ids)
    return {
        session.pk: {
            "session": session.pk,
            "status": session.status,
            "picture": session.has_picture,
            "notice": session.notice,
            "pinned_offer": session.pinned_offer_id,
            "viewers": audience.viewers(session),
            "watching": audience.watching(session),
            "hearts": hearts.get(session.pk, 0),
            "offers": [offer_state(offer, session, now) for offer in offers[session.pk]],
            "sold": sales[session.pk],
        }
        for session in sessions
    }


class _Audience:
    """Who looks into these sessions; nobody is counted in one that does not run."""

    def __init__(self, session_ids: list[int], now: datetime) -> None:
        self._counted = counted_in(session_ids, now)
        self._watching = watching_in(session_ids)

    def viewers(self, session: LiveSession) -> int:
        counted = self._counted.get(session.pk) if session.takes_orders else None
        return max(session.viewers, counted.viewers) if counted else session.viewers

    def watching(self, session: LiveSession) -> int:
        return self._watching.get(session.pk, 0) if session.takes_orders else 0
