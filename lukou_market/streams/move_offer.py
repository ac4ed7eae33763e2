"""Put an offer in another place among those of its session."""

from django.db import transaction
from django.utils import timezone

from lukou_market.streams.errors import OfferNotFound
from lukou_market.streams.locks import lock_session
from lukou_market.streams.models import Offer
from lukou_market.streams.publish_offer import publish_offer


@transaction.atomic
def move_offer(*, session_id: int, offer_id: int, position: int) -> None:
    """Show the offer at `position`, 0 being the first; beyond the last means last.

    The others move up or down; orders are not disturbed. Raises SessionNotFound and
    OfferNotFound, for an offer of another session too.
    """
    session = lock_session(session_id)
    offers = list(Offer.objects.filter(session=session).select_related("session"))
    moved = next((offer for offer in offers if offer.pk == offer_id), None)
    if moved is None:
        raise OfferNotFound
    offers.remove(moved)
    offers.insert(max(position, 0), moved)
    for place, offer in enumerate(offers):
        if offer.position != place:
            offer.position = place
            Offer.objects.filter(pk=offer.pk).update(position=place)
            publish_offer(offer, timezone.now())
