"""Show one offer above the others: the one the host talks about."""

from lukou_market.streams.errors import OfferNotFound, SessionNotFound, SessionStatusWrong
from lukou_market.streams.models import LiveSession, Offer
from lukou_market.streams.publish import RoomEvent, publish

_RUNNING = (
    LiveSession.Status.SCHEDULED,
    LiveSession.Status.LIVE,
    LiveSession.Status.INTERRUPTED,
)


def pin_offer(*, session_id: int, offer_id: int | None) -> None:
    """Pin an offer of this session, or with None pin nothing.

    Raises OfferNotFound, SessionNotFound and SessionStatusWrong (the session is over).
    """
    if (
        offer_id is not None
        and not Offer.objects.filter(pk=offer_id, session_id=session_id).exists()
    ):
        raise OfferNotFound
    sessions = LiveSession.objects.filter(pk=session_id)
    if not sessions.filter(status__in=_RUNNING).update(pinned_offer_id=offer_id):
        raise SessionStatusWrong if sessions.exists() else SessionNotFound
    publish(session_id, RoomEvent.PINNED, {"offer": offer_id})
