"""Rooms to look at."""

from datetime import timedelta

from django.utils import timezone

from lukou_market.streams.models import LiveSession
from tests.factories import (
    make_host,
    make_household,
    make_link,
    make_offer,
    make_producer,
    make_region,
    make_session,
    make_sku,
    make_user,
)


def make_room(status: str = "live") -> LiveSession:
    """A session that sells two sizes of melons, the larger one pinned; three households share."""
    make_region("430212101000", "朱亭镇")
    village = make_region("430212101001", "浦湾村")
    producer = make_producer("浦湾甜瓜专业合作社", village)
    for head, share_bp in (("李大山", 3000), ("王秀英", 2500), ("陈国强", 1500)):
        make_link(
            producer,
            make_household(village=village, head=head),
            share_bp,
            since=timezone.now() - timedelta(days=9),
        )
    session = make_session(status, host=make_host(make_user("刘书记"), village), at=timezone.now())
    large, small = make_sku(producer, weight_g=5000), make_sku(producer, weight_g=2500)
    session.pinned_offer = make_offer(session, sku=large, price_fen=6990, quota=120)
    session.save()
    make_offer(session, sku=small, price_fen=3990, quota=300, position=1)
    return session
