"""A list is ordered as a whole, and once."""

from datetime import timedelta

import pytest

from lukou_market.aid.audit_books import audit_books
from lukou_market.aid.models import ProducerTotal
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.kernel.errors import DomainError
from lukou_market.orders.cancel_order import cancel_order
from lukou_market.orders.errors import NotDelivered, PriceChanged, SoldOut, TotalChanged
from lukou_market.orders.expire_orders import expire_due_orders
from lukou_market.orders.mark_paid import mark_paid
from lukou_market.orders.models import Order, ShippingRate
from lukou_market.orders.record_refund import record_refund
from lukou_market.orders.settle_charges import Asked, settle_charges, shipping_fen
from lukou_market.organisations.address_list import AddressList, Fault, read_address_list
from lukou_market.organisations.deliver_to_members import not_delivered
from lukou_market.organisations.errors import NotForOrganisations
from lukou_market.organisations.models import MemberParcel, Organisation
from lukou_market.organisations.order_for_members import GroupPlaced, order_for_members
from lukou_market.organisations.quota import Quota, quota_of
from lukou_market.streams.models import LiveSession, Offer
from tests.factories import ADDRESS, NOW, make_offer, make_session, make_user, make_voucher, place
from tests.organisations.lists import filled, make_organisation
from tests.organisations.transfers import members

pytestmark = pytest.mark.django_db


def ordered(by: Organisation, offer: Offer, listed: AddressList, **changes: int) -> GroupPlaced:
    values = {"offer_id": offer.pk, "shown_price_fen": offer.price_fen} | changes
    return order_for_members(organisation=by, listed=listed, now=NOW, **values)


def test_five_hundred_members_are_one_order_in_the_unions_channel(
    organisation: Organisation, offer: Offer
) -> None:
    placed = ordered(organisation, offer, members(500))
    order = Order.objects.get()
    assert placed.order == order and not placed.replayed
    assert (order.channel, order.buyer) == ("trade_union", organisation.manager)
    assert order.total_fen == 750 * offer.price_fen
    offer.refresh_from_db()
    assert offer.taken == 750 == sum(MemberParcel.objects.values_list("boxes", flat=True))
    assert order.pay_by == NOW + timedelta(days=3)
    assert MemberParcel.objects.get(row=6).recipient == "成员4"


def test_the_same_list_sent_twice_is_one_order(organisation: Organisation, offer: Offer) -> None:
    first, second = (ordered(organisation, offer, members(9)) for _ in range(2))
    assert second.replayed and second.order == first.order
    offer.refresh_from_db()
    assert offer.taken == 13 and MemberParcel.objects.count() == 9


def test_a_list_whose_order_is_over_can_be_ordered_again(
    organisation: Organisation, offer: Offer
) -> None:
    first = ordered(organisation, offer, members(9)).order
    cancel_order(buyer_id=first.buyer_id, number=first.number, now=NOW)
    second = ordered(organisation, offer, members(9)).order
    expire_due_orders(now=NOW + timedelta(days=4))
    third = ordered(organisation, offer, members(9)).order
    assert len({first.pk, second.pk, third.pk}) == 3
    offer.refresh_from_db()
    assert offer.taken == 13


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"organisations_until": None}, NotForOrganisations),
        ({"organisations_until": NOW}, NotForOrganisations),
        ({"paused": True}, NotForOrganisations),
        ({"quota": 12}, SoldOut),
        ({"price_fen": 4000}, PriceChanged),
    ],
)
def test_a_refusal_changes_nothing(
    organisation: Organisation,
    offer: Offer,
    change: dict[str, object],
    refusal: type[DomainError],
) -> None:
    Offer.objects.filter(pk=offer.pk).update(**change)
    with pytest.raises(refusal):
        ordered(organisation, offer, members(9))
    offer.refresh_from_db()
    assert offer.taken == 0 and not Order.objects.exists() and not MemberParcel.objects.exists()


def test_what_a_cancelled_stream_would_have_sold_is_not_for_sale(
    organisation: Organisation,
) -> None:
    called_off = make_session(LiveSession.Status.SCHEDULED)
    offer = make_offer(called_off, organisations_until=NOW + timedelta(days=1))
    LiveSession.objects.filter(pk=called_off.pk).update(status="cancelled")
    with pytest.raises(NotForOrganisations):
        ordered(organisation, offer, members(1))
    assert not Order.objects.exists()


def test_it_counts_in_its_channel_and_the_books_add_up(offer: Offer) -> None:
    unit = make_organisation("budget_unit")
    order = ordered(unit, offer, members(2)).order
    mark_paid(orders=[order], now=NOW)
    post_due_orders(now=NOW)
    total = ProducerTotal.objects.get()
    assert (total.channel, total.gross_fen) == ("budget_unit", order.total_fen)
    # What was marked as paid has no payment behind it in this test: nothing else is amiss.
    assert {finding.check for finding in audit_books(with_stripe=False).findings} == {
        "order ↔ payment"
    }


def test_its_number_is_made_as_those_of_the_gate(organisation: Organisation, offer: Offer) -> None:
    listed = ordered(organisation, offer, members(1)).order
    for order in (listed, place(make_user(), make_offer())):
        assert order.number == f"260628{order.pk:08d}"


@pytest.fixture
def zones() -> None:
    """Hunan: 6 yuan to 4 kg, 2 for each begun 5 kg more, free from 100; 9 elsewhere; not Tibet."""
    ShippingRate.objects.create(
        prefix="43", name="湖南", first_fen=600, first_g=4000, step_g=5000, step_fen=200,
        free_from_fen=100_00,
    )  # fmt: skip
    ShippingRate.objects.create(prefix="", name="全国", first_fen=900, first_g=9000)
    ShippingRate.objects.create(prefix="54", name="西藏", delivered=False)


def going_to(*places: tuple[str, int]) -> AddressList:
    rows = [[f"成员{n}", f"138{n:08d}", place, boxes] for n, (place, boxes) in enumerate(places)]
    return read_address_list(filled(rows))


def test_shipping_is_each_parcels_own_as_if_its_member_had_ordered_alone(
    zones: None, organisation: Organisation, offer: Offer
) -> None:
    listed = going_to(
        ("湖南省株洲市天元区 1 号", 1), ("湖南省株洲市天元区 2 号", 2), ("湖南省长沙市 3 号", 3),
        ("江苏省南京市玄武区 4 号", 1),
    )  # fmt: skip
    order = ordered(organisation, offer, listed).order
    assert order.shipping_fen == 600 + 800 + 0 + 900
    assert order.due_fen == 7 * 3990 + 2300
    alone = place(make_user(), make_offer(price_fen=3990), 2)
    assert shipping_fen(order=alone, division="430211") == 800


def test_a_row_that_can_not_be_delivered_to_is_named(zones: None) -> None:
    listed = going_to(("湖南省株洲市 1 号", 1), ("西藏自治区拉萨市城关区 2 号", 1))
    assert not listed.faults
    [fault] = not_delivered(listed.members)
    assert isinstance(fault, Fault) and (fault.row, fault.title) == (3, "详细地址")


def test_where_nothing_is_sent_nothing_is_ordered(
    zones: None, organisation: Organisation, offer: Offer
) -> None:
    with pytest.raises(NotDelivered):
        ordered(organisation, offer, going_to(("西藏自治区拉萨市城关区 2 号", 1)))
    offer.refresh_from_db()
    assert offer.taken == 0 and not Order.objects.exists()


def test_a_lists_charges_and_addresses_stay_whatever_is_asked_at_the_checkout(
    zones: None, organisation: Organisation, offer: Offer
) -> None:
    order = ordered(organisation, offer, going_to(("湖南省株洲市天元区 1 号", 1))).order
    ShippingRate.objects.filter(prefix="43").update(first_fen=100)
    asked = Asked(ADDRESS, voucher_code=make_voucher(500).code, shown_due_fen=3990 + 600)
    settle_charges(order=order, asked=asked, now=NOW)
    order.refresh_from_db()
    assert (order.shipping_fen, order.discount_fen) == (600, 0)
    with pytest.raises(TotalChanged):
        settle_charges(order=order, asked=Asked(ADDRESS), now=NOW)


def test_shipping_is_no_purchase_from_a_village(
    zones: None, organisation: Organisation, offer: Offer
) -> None:
    order = ordered(organisation, offer, going_to(("江苏省南京市玄武区 4 号", 1))).order
    mark_paid(orders=[order], now=NOW)
    assert quota_of(organisation, now=NOW).bought_fen == 3990
    record_refund(order=order, amount_fen=order.due_fen, now=NOW)
    assert quota_of(organisation, now=NOW).bought_fen == 0


def test_the_meter_knows_all_three_targets() -> None:
    quota = Quota(year=2026, bought_fen=15_000_00, budget_fen=100_000_00, target_bp=3000)
    assert [(tier.missing_fen, tier.chosen) for tier in quota.tiers] == [
        (0, False), (0, False), (15_000_00, True),
    ]  # fmt: skip
    assert (quota.done_bp, quota.share_bp, quota.missing_fen) == (5000, 1500, 15_000_00)


def test_the_target_counts_what_was_paid_this_year_less_refunds(
    organisation: Organisation, offer: Offer
) -> None:
    order = ordered(organisation, offer, members(2)).order
    assert quota_of(organisation, now=NOW).bought_fen == 0
    mark_paid(orders=[order], now=NOW)
    record_refund(order=order, amount_fen=970, now=NOW)
    quota = quota_of(organisation, now=NOW)
    assert (quota.target_fen, quota.bought_fen) == (30_000_00, 3 * 3990 - 970)
    assert quota.done_bp == (3 * 3990 - 970) * 10_000 // 30_000_00
    assert quota.missing_fen == quota.target_fen - quota.bought_fen
    assert quota_of(organisation, now=NOW + timedelta(days=300)).bought_fen == 0
