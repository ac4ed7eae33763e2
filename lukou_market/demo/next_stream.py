"""A stream still to come, for whoever wants to try the studio and the room by hand."""

from datetime import datetime, timedelta

from lukou_market.catalog.models import Sku
from lukou_market.demo.logins import SECOND_HOST_PHONE
from lukou_market.kernel.encryption import digest
from lukou_market.streams.add_offer import add_offer
from lukou_market.streams.models import Host, LiveSession
from lukou_market.streams.schedule_session import schedule_session

TITLE = "一镇一品专场"

# Product → quota; at the list price, five for each buyer.
_OFFERS = {"南塘山泉水": 200, "李家酱菜": 120, "昭陵红薯粉": 150}


def create_next_session(*, now: datetime) -> LiveSession:
    """The second host's session with its offers, scheduled for this time tomorrow."""
    session = schedule_session(
        host=Host.objects.get(user__phone_digest=digest(SECOND_HOST_PHONE)),
        title=TITLE,
        scheduled_at=now + timedelta(days=1),
        now=now,
    )
    for sku in Sku.objects.filter(product__name__in=_OFFERS).select_related("product"):
        add_offer(
            session=session,
            sku=sku,
            price_fen=sku.list_price_fen,
            quota=_OFFERS[sku.product.name],
            limit_per_buyer=5,
        )
    return session
