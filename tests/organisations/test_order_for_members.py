"""A list is ordered as a whole, and once."""

from datetime import timedelta

import pytest

from lukou_market.aid.audit_books import audit_books
from lukou_market.aid.models import ProducerTotal
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.kernel.errors import DomainError
from lukou_market.orders.cancel_order import cancel_order
from lukou_market.orders.errors import PriceChanged, SoldOut
from lukou_market.orders.expire_orders import expire_due_orders
from lukou_market.orders.mark_paid import mark_paid
from lukou_market.orders.models import Order
from lukou_market.orders.record_refund import record_refund
from lukou_market.organisations.address_list import AddressList, read_address_list
from lukou_market.organisations.errors import NotForOrganisations
from lukou_market.organisations.models import MemberParcel, Organisation
from lukou_market.organisations.order_for_members import GroupPlaced, order_for_members
from lukou_market.organisations.quota import quota_of
from lukou_market.streams.models import LiveSession, Offer
from tests.factories import NOW, make_offer, make_session
from tests.organisations.lists import filled, make_organisation, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer() -> Offer:
    """Of a stream that is over: organisations may order for another day."""
    ended = make_session(LiveSession.Status.ENDED)
    return make_offer(ended, quota=1000, limit=2, organisations_until=NOW + timedelta(days=1))


@pytest.fixture
def organisation() -> Organisation:
    return make_organisation()


def members(count: int) -> AddressList:
    return read_address_list(filled([member(n) for n in range(count)]))


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
