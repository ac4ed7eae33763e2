"""A flash offer (秒杀): few units, low price, for some seconds, in front of everybody."""

from datetime import datetime, timedelta

from django.db import transaction

from lukou_market.catalog.models import Sku
from lukou_market.streams.add_offer import add_offer
from lukou_market.streams.errors import OfferTermsWrong, SessionStatusWrong
from lukou_market.streams.locks import lock_session
from lukou_market.streams.models import Offer
from lukou_market.streams.pin_offer import pin_offer

_LONGEST_S = 3600


@transaction.atomic
def start_flash_offer(
    *,
    session_id: int,
    sku: Sku,
    price_fen: int,
    quota: int,
    limit_per_buyer: int,
    seconds: int,
    now: datetime,
) -> Offer:
    """Open an offer for `seconds`, at most an hour, from `now` on, and pin it.

    Raises SessionNotFound, SessionStatusWrong (the session does not run) and OfferTermsWrong.
    """
    if not 0 < seconds <= _LONGEST_S:
        raise OfferTermsWrong
    session = lock_session(session_id)
    if not session.takes_orders:
        raise SessionStatusWrong
    offer = add_offer(
        session=session,
        sku=sku,
        price_fen=price_fen,
        quota=quota,
        limit_per_buyer=limit_per_buyer,
        opens_at=now,
        closes_at=now + timedelta(seconds=seconds),
    )
    pin_offer(session_id=session_id, offer_id=offer.pk)
    return offer
