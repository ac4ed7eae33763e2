"""Put a package on sale in a session."""

from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from lukou_market.catalog.models import Sku
from lukou_market.kernel.errors import constraint_errors
from lukou_market.streams.errors import OfferTermsWrong, SessionStatusWrong, SkuAlreadyOffered
from lukou_market.streams.locks import lock_session
from lukou_market.streams.models import LiveSession, Offer
from lukou_market.streams.publish_offer import publish_offer

_LARGEST_INT = 2**31 - 1
OFFER_REFUSALS = {
    "offer_sku_once": SkuAlreadyOffered,
    "offer_price_positive": OfferTermsWrong,
    "offer_quota_positive": OfferTermsWrong,
    "offer_limit_positive": OfferTermsWrong,
    "offer_window": OfferTermsWrong,
}
_OVER = (LiveSession.Status.ENDED, LiveSession.Status.CANCELLED)


def add_offer(
    *,
    session: LiveSession,
    sku: Sku,
    price_fen: int,
    quota: int,
    limit_per_buyer: int,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
) -> Offer:
    """Offer `quota` units of `sku` at `price_fen` each, below what is offered already.

    A window makes it a flash offer. Raises SessionNotFound, SessionStatusWrong (the session is
    over), SkuAlreadyOffered and OfferTermsWrong.
    """
    if max(price_fen, quota, limit_per_buyer) > _LARGEST_INT:
        raise OfferTermsWrong
    with constraint_errors(OFFER_REFUSALS):
        locked = lock_session(session.pk)
        if locked.status in _OVER:
            raise SessionStatusWrong
        lowest = Offer.objects.filter(session=locked).aggregate(Max("position"))["position__max"]
        offer = Offer.objects.create(
            session=locked,
            sku=sku,
            price_fen=price_fen,
            quota=quota,
            limit_per_buyer=limit_per_buyer,
            opens_at=opens_at,
            closes_at=closes_at,
            position=0 if lowest is None else lowest + 1,
        )
        publish_offer(offer, timezone.now())
        return offer
