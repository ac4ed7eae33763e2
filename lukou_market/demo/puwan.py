"""The Puwan melon stream of 28 June: its session and its offers."""

from datetime import datetime

from django.utils import timezone

from lukou_market.catalog.models import Sku
from lukou_market.demo.logins import HOST_PHONE
from lukou_market.kernel.encryption import digest
from lukou_market.streams.models import Host, LiveSession, Offer

TITLE = "浦湾甜瓜 6·28"

# Package → price in fen, quota, limit for each buyer. 3.96 t in all: a little less than wanted.
_OFFERS = {
    "一箱 5 斤": (3990, 760, 4),
    "一箱 10 斤": (7500, 396, 3),
    "尝鲜 2 斤": (990, 80, 1),
}


def create_session(year: int) -> LiveSession:
    """Save the session, scheduled for 28 June of `year`, with its offers."""
    session = LiveSession.objects.create(
        host=Host.objects.get(user__phone_digest=digest(HOST_PHONE)),
        title=TITLE,
        scheduled_at=datetime(year, 6, 28, 15, tzinfo=timezone.get_default_timezone()),
    )
    skus = {sku.name: sku for sku in Sku.objects.filter(product__name="浦湾甜瓜")}
    Offer.objects.bulk_create(
        Offer(
            session=session, sku=skus[name], price_fen=price, quota=quota, limit_per_buyer=limit
        )
        for name, (price, quota, limit) in _OFFERS.items()
    )
    return session


def puwan_session() -> LiveSession:
    """Raises LiveSession.DoesNotExist when the sample district is not there."""
    return LiveSession.objects.select_related("host__user").get(title=TITLE)
