"""What each rule finds, and what it leaves alone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore

from lukou_market.accounts.models import User
from lukou_market.accounts.sign_ins import note_sign_in
from lukou_market.orders.address import Address, set_address
from lukou_market.orders.advance import mark_packed, mark_received, mark_shipped
from lukou_market.orders.mark_paid import mark_paid
from lukou_market.orders.models import Order
from lukou_market.orders.record_refund import record_refund
from lukou_market.screening.models import DeclaredRelation, Rule, SaleFlag, SaleTrait
from lukou_market.screening.screen_due import screen_orders
from lukou_market.streams.models import LiveSession, Offer
from lukou_market.streams.run_session import end_session
from tests.factories import (
    NOW,
    make_host,
    make_offer,
    make_producer,
    make_session,
    make_sku,
    make_staff,
    make_user,
    make_village,
    place,
)

pytestmark = pytest.mark.django_db


def paid(
    offer: Offer,
    buyer: User | None = None,
    *,
    door: int = 0,
    own_phone: bool = False,
    at: datetime = NOW,
) -> Order:
    """A box bought by a buyer of their own, for an address of their own unless it is named."""
    buyer = buyer or make_user()
    order = place(buyer, offer, 1, now=at)
    text = f"湖南省株洲市天元区黄河北路 {door or order.pk + 1000} 号"
    phone = buyer.phone if own_phone else "13812345678"
    set_address(order=order, address=Address(recipient="王小明", phone=phone, text=text))
    mark_paid(orders=[order], now=at)
    order.refresh_from_db()
    return order


def signed_in(buyer: User, browser: str, *, at: datetime = NOW) -> None:
    """With this browser, which the shop knows; "" is one that it does not."""
    session = SessionStore()
    session.create()
    key = session.session_key or ""
    note_sign_in(user=buyer, session_key=key, user_agent="", browser=browser, now=at)


def watched(offer: Offer, viewers: int) -> None:
    LiveSession.objects.filter(pk=offer.session_id).update(viewers=viewers)


def screened(*orders: Order, now: datetime = NOW) -> set[tuple[int, str]]:
    """The flags of these orders, by order and rule."""
    screen_orders(order_ids=[order.pk for order in orders], now=now)
    flags = SaleFlag.objects.filter(order__in=orders)
    return set(flags.values_list("order_id", "rule"))


@pytest.fixture
def offer(db: None) -> Offer:
    """A box of a stream that many watch."""
    offer = make_offer(sku=make_sku(make_producer()), quota=10_000)
    watched(offer, 50_000)
    return offer


def test_five_buyers_with_one_address_are_flagged_with_their_figures(offer: Offer) -> None:
    ring = [paid(offer, door=7) for _ in range(5)]
    honest = [paid(offer) for _ in range(5)]
    assert screened(*ring, *honest) == {(order.pk, "shared_address") for order in ring}
    flag = SaleFlag.objects.filter(order=ring[0]).get()
    assert flag.reason == "30 天内 5 名买家的 5 单寄往同一地址，其中 5 名买家留的是他人电话。"
    assert (flag.version.version, flag.village_id) == (1, "430212101001")


def test_four_buyers_or_one_buyer_five_times_are_a_family_and_a_friend(offer: Offer) -> None:
    buyer = make_user()
    orders = [paid(offer, door=7) for _ in range(4)] + [paid(offer, buyer, door=8) for _ in "12345"]
    assert screened(*orders) == set()


def test_colleagues_with_one_address_and_phones_of_their_own_are_no_ring(offer: Offer) -> None:
    orders = [paid(offer, door=7, own_phone=True) for _ in range(14)]
    assert screened(*orders) == set()
    ring = [paid(offer, door=7) for _ in range(5)]
    assert screened(*orders[:1], *ring) == {(order.pk, "shared_address") for order in ring}


def test_twenty_buyers_with_one_address_are_flagged_whatever_their_phones(offer: Offer) -> None:
    orders = [paid(offer, door=7, own_phone=True) for _ in range(19)]
    assert screened(*orders) == set()
    orders.append(paid(offer, door=7, own_phone=True))
    assert screened(*orders) == {(order.pk, "shared_address") for order in orders}


def test_five_buyers_from_one_browser_are_flagged_and_four_are_not(offer: Offer) -> None:
    ring, family = ([make_user() for _ in range(n)] for n in (5, 4))
    for buyers, browser in ((ring, "one"), (family, "another")):
        for buyer in buyers:
            signed_in(buyer, browser)
    bought = [paid(offer, buyer) for buyer in ring]
    others = [paid(offer, buyer) for buyer in family] + [paid(offer) for _ in range(5)]
    assert screened(*bought, *others) == {(order.pk, "shared_device") for order in bought}
    reason = "30 天内 5 名买家的 5 单来自同一台手机或电脑。"
    assert SaleFlag.objects.filter(order=bought[0]).get().reason == reason


def test_a_sign_in_after_the_order_or_before_another_browser_says_nothing(offer: Offer) -> None:
    buyers = [make_user() for _ in range(6)]
    for buyer in buyers[:3]:
        signed_in(buyer, "one", at=NOW + timedelta(minutes=1))
    for buyer in buyers[3:]:
        signed_in(buyer, "one", at=NOW - timedelta(days=1))
        signed_in(buyer, "")
    orders = [paid(offer, buyer) for buyer in buyers]
    assert screened(*orders) == set()
    assert not SaleTrait.objects.filter(kind="device").exists()


def test_who_came_before_the_ring_was_one_is_flagged_too_and_nobody_twice(offer: Offer) -> None:
    early = [paid(offer, door=7) for _ in range(4)]
    assert screened(*early) == set()
    last = paid(offer, door=7)
    assert len(screened(last)) == 1
    assert SaleFlag.objects.count() == 5
    assert len(screened(*early, last)) == 5
    assert SaleFlag.objects.count() == 5


def test_the_hosts_own_account_is_related() -> None:
    host = make_host()
    offer = make_offer(session=make_session(host=host), quota=100)
    watched(offer, 5_000)
    own, other = paid(offer, host.user), paid(offer)
    assert screened(own, other) == {(own.pk, "related")}
    assert SaleFlag.objects.get().reason == "买家与这笔销售有利害关系：本场主播，本人账户。"


def test_a_declared_supplier_is_related_to_the_producer_alone(offer: Offer) -> None:
    supplier = make_user()
    producer = offer.sku.product.producer
    relation = DeclaredRelation.objects.create(
        phone=supplier.phone, phone_digest=supplier.phone_digest or "", producer=producer,
        kind="supplier", village=producer.village, declared_by=make_staff("someone"),
        declared_at=NOW,
    )  # fmt: skip
    elsewhere = make_offer(sku=make_sku(make_producer()), quota=100)
    watched(elsewhere, 5_000)
    bought, bought_elsewhere = paid(offer, supplier), paid(elsewhere, supplier)
    assert screened(bought, bought_elsewhere) == {(bought.pk, "related")}
    relation.ended_at = NOW
    relation.save()
    later = paid(offer, supplier, at=NOW + timedelta(minutes=1))
    assert screened(later) == set()


def test_three_times_the_list_price_is_far_above_the_market() -> None:
    sku = make_sku(make_producer(), price_fen=1000)
    dear, fair = (
        make_offer(sku=sku, price_fen=3000, quota=100),
        make_offer(sku=sku, price_fen=2999, quota=100),
    )
    for one in (dear, fair):
        watched(one, 5_000)
    first, second = paid(dear), paid(fair)
    assert screened(first, second) == {(first.pk, "price")}


def test_more_buyers_than_viewers_once_the_stream_is_over() -> None:
    session = make_session()
    offer = make_offer(session=session, quota=100)
    watched(offer, 19)
    orders = [paid(offer) for _ in range(20)]
    assert screened(*orders) == set()
    end_session(session_id=session.pk, now=NOW)
    assert screened(*orders) == {(order.pk, "few_viewers") for order in orders}


def test_a_burst_at_the_months_end_without_an_audience_once_the_stream_is_over() -> None:
    village = make_village("430212101002")
    offer = make_offer(sku=make_sku(make_producer(village=village)), quota=1000)
    watched(offer, 40)
    before = [paid(offer, at=NOW - timedelta(days=20)) for _ in range(10)]
    burst = [paid(offer, at=NOW + timedelta(days=1)) for _ in range(30)]
    after = NOW + timedelta(days=2)
    assert screened(*before, *burst, now=after) == set()
    end_session(session_id=offer.session_id, now=after)
    found = screened(*before, *burst, now=after)
    assert found == {(order.pk, "burst") for order in burst}
    figures = SaleFlag.objects.filter(rule=Rule.BURST).first()
    assert figures is not None
    assert (figures.figures["sold"], figures.figures["usual"]) == (30, "0.5")


def test_refunds_that_follow_the_months_end_are_flagged_together(offer: Offer) -> None:
    end, after = datetime(2026, 6, 29, 4, tzinfo=UTC), datetime(2026, 7, 2, 4, tzinfo=UTC)
    orders = [paid(offer, at=end) for _ in range(8)]
    back = orders[:5]
    for order in back:
        for step in (mark_packed, mark_shipped, mark_received):
            step(order=order, now=end)
        record_refund(order=order, amount_fen=order.total_fen, now=after)
    assert screened(*orders, now=after) == {(order.pk, "late_refund") for order in back}
