"""Let trade unions and budget units order an offer, on air or not, from the same stock."""

from datetime import datetime

from lukou_market.streams.errors import OfferNotFound
from lukou_market.streams.models import Offer


def sell_to_organisations(*, offer_id: int, until: datetime | None) -> None:
    """They may order until then; None: not at all, what is reserved stays. Raises OfferNotFound."""
    if not Offer.objects.filter(pk=offer_id).update(organisations_until=until):
        raise OfferNotFound
