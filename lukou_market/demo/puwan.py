"""The Puwan melon stream of 28 June: its session and its offers."""

from datetime import datetime

from django.utils import timezone

from lukou_market.catalog.models import Sku
from lukou_market.demo.logins import HOST_PHONE
from lukou_market.kernel.encryption import digest
from lukou_market.streams.add_offer import add_offer
from lukou_market.streams.models import Host, LiveSession
from lukou_market.streams.schedule_session import schedule_session

TITLE = "浦湾甜瓜 6·28"

# Package → price in fen, quota, limit for each buyer. 3.96 t in all: a little less than wanted.
_OFFERS = {
    "一箱 5 斤": (3990, 760, 4),
    "一箱 10 斤": (7500, 396, 3),
    "尝鲜 2 斤": (990, 80, 1),
}


def create_session(*, now: datetime) -> LiveSession:
    """The session with its offers, scheduled for 28 June of this year, past or not."""
    session = schedule_session(
        host=Host.objects.get(user__phone_digest=digest(HOST_PHONE)),
        title=TITLE,
        scheduled_at=datetime(now.year, 6, 28, 15, tzinfo=timezone.get_default_timezone()),
        now=now,
    )
    for name, (price_fen, quota, limit) in _OFFERS.items():
        sku = Sku.objects.get(product__name="浦湾甜瓜", name=name)
        add_offer(session=session, sku=sku, price_fen=price_fen, quota=quota, limit_per_buyer=limit)
    return session


def puwan_session() -> LiveSession:
    """Raises LiveSession.DoesNotExist when the sample district is not there."""
    return LiveSession.objects.select_related("host__user").get(title=TITLE)
