"""Stop and reopen the sale of one offer."""

from django.utils import timezone

from lukou_market.streams.errors import OfferNotFound
from lukou_market.streams.models import Offer
from lukou_market.streams.publish_offer import publish_offer


def set_paused(*, offer_id: int, paused: bool) -> None:
    """Pause or reopen an offer; what is reserved stays reserved. Raises OfferNotFound."""
    offers = Offer.objects.filter(pk=offer_id)
    if not offers.update(paused=paused):
        raise OfferNotFound
    publish_offer(offers.select_related("session").get(), timezone.now())
