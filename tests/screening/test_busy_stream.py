"""1,200 orders of an honest stream on the last day of a month, and wash traders among them."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Sum

from lukou_market.accounts.models import User
from lukou_market.aid.models import ProducerTotal
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.orders.models import Order, OrderEvent
from lukou_market.orders.record_refund import record_refund
from lukou_market.screening.models import SaleFlag, ScreeningDue
from lukou_market.screening.screen_due import screen_due_orders
from lukou_market.streams.models import LiveSession, Offer
from lukou_market.streams.run_session import end_session
from tests.aid.sales import receive
from tests.factories import (
    make_host,
    make_offer,
    make_producer,
    make_session,
    make_sku,
    make_user,
    make_village,
)
from tests.screening.crowd import Purchase, buy, for_themselves, people, tell_payers

pytestmark = pytest.mark.django_db
LAST_EVENING = datetime(2026, 6, 30, 12, tzinfo=UTC)
OFFICE, COLLECTOR = "湖南省株洲市天元区天台路 1 号机关大楼", "13800000000"
FIRST, FAMILIES, OF_A_FAMILY, BOXES, COLLEAGUES, SENT_BY_OFFICE = 40, 80, 3, 2, 15, 12
SINGLES = 1_200 - FIRST - FAMILIES * OF_A_FAMILY * BOXES - COLLEAGUES - SENT_BY_OFFICE
REGRETTED, SPOILED = 30, 50


def stream(village: str, host: User) -> Offer:
    """A box of a village's melons in a stream that has just begun."""
    place = make_village(village)
    session = make_session(host=make_host(host, place), at=LAST_EVENING)
    sku = make_sku(make_producer(village=place))
    return make_offer(session, sku=sku, quota=5_000, limit=20)


def watched(offer: Offer, viewers: int) -> None:
    LiveSession.objects.filter(pk=offer.session_id).update(viewers=viewers)


def families() -> list[Purchase]:
    """Three of a house, who share a phone, a wallet and a door, and come back once."""
    bought = []
    for n in range(FAMILIES):
        own = f"家 {n}"
        for one in people(OF_A_FAMILY, browser=own):
            door = f"湖南省株洲市天元区长江北路 {n} 号"
            bought += [Purchase(one, own, door, one.phone)] * BOXES
    return bought


def office() -> list[Purchase]:
    """Colleagues who order each for themselves, and one who orders for a dozen others."""
    orders_for_others = people(1)[0]
    others = [f"1350000{n:04d}" for n in range(SENT_BY_OFFICE)]
    sent = [Purchase(orders_for_others, "office", OFFICE, phone) for phone in others]
    return for_themselves(people(COLLEAGUES), door=OFFICE) + sent


def ring() -> list[Purchase]:
    """Six accounts on one phone, with one wallet, whose parcels one person collects."""
    door = "湖南省株洲市天元区泰山路 9 号 3 栋 501"
    return [Purchase(one, "ring", door, COLLECTOR) for one in people(6, browser="ring")]


def post_and_look(now: datetime) -> None:
    """What the workers do until nothing is due."""
    for work in (post_due_orders, screen_due_orders, post_due_orders):
        while work(now=now):
            pass


def give_back(orders: list[Order]) -> None:
    """Some regret at once, some find melons spoiled within the term, which is in July."""
    for order in orders[:REGRETTED]:
        record_refund(order=order, amount_fen=order.total_fen, now=LAST_EVENING)
    for order in orders[REGRETTED : REGRETTED + SPOILED]:
        receive(order, LAST_EVENING + timedelta(days=2))
        record_refund(order=order, amount_fen=900, now=LAST_EVENING + timedelta(days=3))


def test_an_honest_busy_stream_is_unflagged_beside_wash_traders_who_are_flagged() -> None:
    host = make_user("主播")
    busy, empty = stream("430212101001", host), stream("430212101002", make_user("夜间主播"))
    early = for_themselves(people(FIRST))
    rest = families() + office() + for_themselves(people(SINGLES))
    watched(busy, 60)
    honest = buy(busy, early, LAST_EVENING)
    post_and_look(LAST_EVENING + timedelta(minutes=1))

    watched(busy, 20_000)
    watched(empty, 30)
    honest += buy(busy, rest, LAST_EVENING + timedelta(minutes=1))
    assert len(honest) == 1_200
    traders, unwatched = ring(), for_themselves(people(35))
    own = for_themselves([host])
    dishonest = {
        "ring": buy(busy, traders, LAST_EVENING + timedelta(minutes=2)),
        "own": buy(busy, own, LAST_EVENING + timedelta(minutes=2)),
        "unwatched": buy(empty, unwatched, LAST_EVENING + timedelta(minutes=2)),
    }
    for offer in (busy, empty):
        end_session(session_id=offer.session_id, now=LAST_EVENING + timedelta(hours=2))
    give_back(honest)
    sold = honest + [order for orders in dishonest.values() for order in orders]
    tell_payers(sold, [*early, *rest, *traders, *own, *unwatched], LAST_EVENING)
    for days in (1, 20):
        post_and_look(LAST_EVENING + timedelta(days=days))
    assert not ScreeningDue.objects.filter(look__lt=2).exists()

    found: dict[int, set[str]] = defaultdict(set)
    for order_id, rule in SaleFlag.objects.values_list("order_id", "rule"):
        found[order_id].add(rule)
    expected = {
        "ring": {"shared_payer", "shared_device", "shared_address"},
        "own": {"related"},
        "unwatched": {"burst", "few_viewers"},
    }
    assert found == {order.pk: expected[who] for who, group in dishonest.items() for order in group}

    held_fen = sum(order.total_fen for group in dishonest.values() for order in group)
    held = OrderEvent.objects.filter(kind="held").values_list("order_id", flat=True)
    assert set(held) == set(found)
    sums = ProducerTotal.objects.aggregate(gross=Sum("gross_fen"), held=Sum("held_fen"))
    assert sums == {"gross": sum(order.total_fen for order in honest), "held": held_fen}
