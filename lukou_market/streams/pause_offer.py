"""Stop and reopen the sale of one offer."""

from lukou_market.streams.errors import OfferNotFound
from lukou_market.streams.models import Offer


def set_paused(*, offer_id: int, paused: bool) -> None:
    """Pause or reopen an offer; what is reserved stays reserved. Raises OfferNotFound."""
    if not Offer.objects.filter(pk=offer_id).update(paused=paused):
        raise OfferNotFound
