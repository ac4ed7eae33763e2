"""A list paid by bank transfer: the notice, the money that comes, and the money that goes back."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, cast

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lukou_market.aid.audit_books import audit_books
from lukou_market.aid.models import HouseholdTotal, ProducerTotal
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.kernel.errors import DomainError
from lukou_market.ledger.models import Transfer
from lukou_market.orders.cancel_order import cancel_order
from lukou_market.orders.errors import OrderNotFound, TotalChanged
from lukou_market.orders.expire_orders import expire_due_orders
from lukou_market.orders.models import Order, ShippingRate
from lukou_market.organisations.models import Organisation
from lukou_market.organisations.order_for_members import KEPT_FOR
from lukou_market.payments import errors
from lukou_market.payments.book import BANK, CLEARING, UNAPPLIED
from lukou_market.payments.confirm_payments import Received, confirm_payments
from lukou_market.payments.match_settlement import match_settlement
from lukou_market.payments.models import BankTransfer, Payment, PaymentNotice, Refund
from lukou_market.payments.queries import notices_to_match, returns_to_send
from lukou_market.payments.request_refund import request_refund
from lukou_market.payments.send_refunds import send_due_refunds
from lukou_market.payments.settle_refund import settle_refund
from lukou_market.streams.models import Offer
from tests.aid.sales import receive
from tests.balance import balance_fen
from tests.factories import (
    NOW,
    make_household,
    make_link,
    make_offer,
    make_producer,
    make_session,
    make_sku,
    make_user,
    place,
)
from tests.organisations.lists import make_organisation
from tests.organisations.transfers import come, day, noticed, order_list, sent_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(organisation: Organisation, offer: Offer) -> Order:
    return order_list(organisation, offer)


def money() -> tuple[Any, ...]:
    """All that moves when money does."""
    orders = list(Order.objects.order_by("pk").values_list("status", "refunded_fen", "pay_by"))
    counted = (Payment, BankTransfer, Refund, Transfer, PaymentNotice)
    return orders, [model._default_manager.count() for model in counted]


def ask_back(order: Order, amount_fen: int | None = None) -> Refund:
    return request_refund(
        buyer_id=order.buyer_id, number=order.number, amount_fen=amount_fen, note="", now=NOW
    )


# The notice


def test_a_notice_keeps_the_boxes_until_the_transfer_must_have_come(
    our_account: None, order: Order
) -> None:
    notice = noticed(order)
    assert (notice.amount_fen, notice.due_on) == (order.due_fen, day(NOW + timedelta(days=7)))
    order.refresh_from_db()
    assert day(order.pay_by) == day(NOW + timedelta(days=11))  # its first moment
    expire_due_orders(now=NOW + timedelta(days=10))
    order.refresh_from_db()
    assert order.status == "placed" and notices_to_match(NOW).get() == notice


def test_boxes_are_free_again_when_no_transfer_came(
    our_account: None, order: Order, offer: Offer
) -> None:
    noticed(order)
    expire_due_orders(now=NOW + timedelta(days=11))
    order.refresh_from_db()
    offer.refresh_from_db()
    assert (order.status, offer.taken) == ("expired", 0)


def test_a_second_notice_holds_the_order_no_longer(our_account: None, order: Order) -> None:
    first = noticed(order)
    before = money()
    assert noticed(order, now=NOW + timedelta(days=5)) == first
    assert money() == before


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"shown_due_fen": 1}, TotalChanged),
        ({"buyer_id": 0}, OrderNotFound),
        ({"number": "1"}, OrderNotFound),
        ({"now": NOW + KEPT_FOR}, errors.OrderNotPayable),
    ],
)
def test_a_notice_is_refused_and_nothing_changes(
    our_account: None, order: Order, change: dict[str, Any], refusal: type[DomainError]
) -> None:
    before = money()
    with pytest.raises(refusal):
        noticed(order, **change)
    assert money() == before


def test_without_an_account_there_is_no_notice(settings: Any, order: Order) -> None:
    settings.TRANSFER_BANK = ""
    with pytest.raises(errors.TransferNotOffered):
        noticed(order)
    assert not PaymentNotice.objects.exists()


def test_who_buys_alone_pays_online(our_account: None) -> None:
    alone = place(make_user(), make_offer())
    with pytest.raises(errors.TransferNotOffered):
        noticed(alone)


# What comes


def test_the_exact_amount_pays_the_order_and_is_at_our_bank(order: Order) -> None:
    payment = come(order, reference=" 6228 abc-1 ")
    order.refresh_from_db()
    assert (order.status, order.paid_at, payment.applied) == ("paid", NOW, True)
    line = BankTransfer.objects.get()
    assert (line.reference, line.amount_fen, line.payment) == ("6228ABC-1", order.due_fen, payment)
    assert (balance_fen(BANK), balance_fen(CLEARING)) == (order.due_fen, 0)
    post_due_orders(now=NOW)
    assert audit_books(with_stripe=False).proved and match_settlement() == []


@pytest.mark.parametrize("difference_fen", [-1, 1, -3990, 1_000_000])
def test_another_amount_is_refused_in_words_and_nothing_changes(
    order: Order, difference_fen: int
) -> None:
    before = money()
    with pytest.raises(errors.TransferAmountDiffers) as refused:
        come(order, order.due_fen + difference_fen)
    assert refused.value.detail == {"due_fen": order.due_fen} and str(refused.value)
    assert money() == before


def test_what_the_bank_really_has_too_little_or_too_much_goes_back_and_the_order_waits(
    order: Order,
) -> None:
    for amount_fen in (order.due_fen - 1, order.due_fen + 1):
        payment = come(order, amount_fen, give_back=True)
        refund = payment.refunds.get()
        assert (refund.status, refund.reason, payment.applied) == (
            "approved",
            "wrong_amount",
            False,
        )
    order.refresh_from_db()
    assert order.status == "placed" and returns_to_send().count() == 2
    assert (balance_fen(BANK), balance_fen(UNAPPLIED)) == (2 * order.due_fen, -2 * order.due_fen)
    come(order)
    for refund in returns_to_send():
        sent_back(refund)
    assert (balance_fen(BANK), returns_to_send().count()) == (order.due_fen, 0)
    post_due_orders(now=NOW)
    assert audit_books(with_stripe=False).proved


def test_the_same_bank_reference_is_taken_once(order: Order, offer: Offer) -> None:
    other = order_list(make_organisation(name="乙", credit_code="81430200MC7654321X"), offer)
    come(order, reference="abc 123")
    before = money()
    with pytest.raises(errors.TransferRecordedBefore):
        come(other, reference="ABC123")
    assert money() == before


def test_a_second_transfer_for_a_paid_order_goes_back(order: Order) -> None:
    come(order)
    before = money()
    with pytest.raises(errors.OrderPaidBefore):
        come(order)
    assert money() == before
    assert come(order, give_back=True).refunds.get().reason == "paid_twice"


def test_a_late_transfer_takes_the_boxes_again(order: Order, offer: Offer) -> None:
    expire_due_orders(now=NOW + KEPT_FOR)
    assert come(order, now=NOW + KEPT_FOR).applied
    offer.refresh_from_db()
    assert offer.taken == 4  # beyond the limit for each buyer, as when it was ordered


def test_a_transfer_that_comes_when_the_boxes_are_gone_goes_back(
    order: Order, offer: Offer
) -> None:
    expire_due_orders(now=NOW + KEPT_FOR)
    Offer.objects.filter(pk=offer.pk).update(quota=3)
    before = money()
    with pytest.raises(errors.TransferTooLate):
        come(order, now=NOW + KEPT_FOR)
    assert money() == before
    assert come(order, now=NOW + KEPT_FOR, give_back=True).refunds.get().reason == "paid_late"


def test_a_cancelled_order_takes_no_transfer(order: Order) -> None:
    cancel_order(buyer_id=order.buyer_id, number=order.number, now=NOW)
    before = money()
    with pytest.raises(errors.TransferTooLate):
        come(order)
    assert money() == before


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"number": "260628"}, OrderNotFound),
        ({"reference": "12"}, errors.TransferReferenceWrong),
        ({"reference": "流水一二三四"}, errors.TransferReferenceWrong),
        ({"on": day(NOW + timedelta(days=1))}, errors.TransferDateWrong),
        ({"on": day(NOW - timedelta(days=1))}, errors.TransferDateWrong),
    ],
)
def test_a_slip_of_the_pen_is_refused_and_nothing_changes(
    order: Order, change: dict[str, Any], refusal: type[DomainError]
) -> None:
    before = money()
    with pytest.raises(refusal):
        come(order, **change)
    assert money() == before


# What goes back


@pytest.mark.parametrize("received", [False, True])
def test_a_refund_waits_for_a_person_and_is_never_stripes(order: Order, received: bool) -> None:
    come(order)
    if received:
        order.refresh_from_db()
        receive(order)
    refund = ask_back(order, 1000)
    refund.status = Refund.Status.APPROVED
    refund.save()
    post_due_orders(now=NOW)
    assert send_due_refunds(now=NOW + timedelta(days=1)) == 0
    done = sent_back(refund)
    order.refresh_from_db()
    assert (done.status, done.stripe_id, order.refunded_fen) == ("succeeded", None, 1000)
    assert BankTransfer.objects.get(refund=done).amount_fen == -1000
    post_due_orders(now=NOW)
    assert (balance_fen(BANK), balance_fen(CLEARING)) == (order.due_fen - 1000, 0)
    assert audit_books(with_stripe=False).proved and match_settlement() == []


def test_an_order_given_up_whole_frees_its_boxes_when_the_money_has_left(
    order: Order, offer: Offer
) -> None:
    come(order)
    refund = ask_back(order)
    assert refund.status == "approved"
    sent_back(refund)
    order.refresh_from_db()
    offer.refresh_from_db()
    assert (order.status, offer.taken, balance_fen(BANK)) == ("refunded", 0, order.due_fen)
    post_due_orders(now=NOW)
    assert balance_fen(BANK) == 0 and audit_books(with_stripe=False).proved


def test_a_return_is_refused_and_nothing_changes(order: Order) -> None:
    payment = come(order, reference="CAME1")
    asked, before = ask_back(order, 1000), money()
    with pytest.raises(errors.RefundNotToTransfer):  # nobody has approved it
        sent_back(asked)
    Refund.objects.update(status="approved")
    for change, refusal in (
        ({"reference": "CAME1"}, errors.TransferRecordedBefore),
        ({"reference": "?"}, errors.TransferReferenceWrong),
        ({"on": day(NOW - timedelta(days=1))}, errors.TransferDateWrong),
        ({"on": day(NOW + timedelta(days=2))}, errors.TransferDateWrong),
    ):
        with pytest.raises(refusal):
            sent_back(asked, **change)
    assert money() == before
    sent_back(asked)
    with pytest.raises(errors.RefundNotToTransfer):
        sent_back(asked)
    payment.refresh_from_db()
    assert payment.refunding_fen == 1000 and BankTransfer.objects.count() == 2


def test_the_database_lets_a_refund_go_back_only_as_its_payment_came(order: Order) -> None:
    come(order)
    refund = ask_back(order)
    for change in (
        "status = 'sent', stripe_id = 're_1'",
        "status = 'succeeded', stripe_id = 're_1', settled_at = now()",
    ):
        with (
            pytest.raises(IntegrityError, match="refund_goes_back_as_it_came"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE payments_refund SET {change} WHERE id = %s", [refund.pk])
    refund.refresh_from_db()
    assert refund.status == "approved"


def test_the_database_ends_a_refund_only_with_what_the_statement_says(order: Order) -> None:
    payment = come(order)
    refund = ask_back(order)
    with (
        pytest.raises(IntegrityError, match="refund_amount_as_stated"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE payments_refund SET status = 'succeeded', settled_at = now(),"
            " bank_transfer_id = %s WHERE id = %s",
            [payment.bank_transfer_id, refund.pk],
        )
    refund.refresh_from_db()
    assert refund.status == "approved"


# The same as through Stripe


class Side:
    """A producer that shares its sales, an offer of it, and the way its list is paid."""

    def __init__(self, *, by_transfer: bool) -> None:
        self.by_transfer = by_transfer
        self.producer, self.households = make_producer(), [make_household(), make_household()]
        for household, share_bp in zip(self.households, (3333, 1501), strict=True):
            make_link(self.producer, household, share_bp)
        self.organisation = make_organisation()
        self.offer = make_offer(
            make_session(), sku=make_sku(self.producer), quota=100, price_fen=3333,
            organisations_until=NOW + timedelta(days=1),
        )  # fmt: skip

    def buy(self, members: int) -> None:
        self.order = order_list(self.organisation, self.offer, members)
        if self.by_transfer:
            come(self.order)
        else:
            payment = Payment.objects.create(
                order=self.order, amount_fen=self.order.due_fen, created_at=NOW, checked_at=NOW
            )
            money = Received(payment.pk, f"pi_{payment.pk}", self.order.due_fen)
            confirm_payments(received=[money], now=NOW)
        self.order.refresh_from_db()

    def give_back(self, amount_fen: int | None) -> None:
        refund = ask_back(self.order, amount_fen)
        Refund.objects.filter(pk=refund.pk).update(status="approved")
        if self.by_transfer:
            sent_back(refund)
        else:
            settle_refund(
                refund_id=refund.pk, succeeded=True, stripe_id=f"re_{refund.pk}",
                now=NOW + timedelta(hours=1),
            )  # fmt: skip
        self.order.refresh_from_db()

    def figures(self) -> list[Any]:
        """What the order and the totals say, without whose they are."""
        order = Order.objects.get(pk=self.order.pk)
        households = [
            list(HouseholdTotal.objects.filter(household=one).order_by("income_kind").values_list(
                "channel", "income_kind", "credited_fen", "reversed_fen", "pending_fen"
            ))
            for one in self.households
        ]  # fmt: skip
        producer = ProducerTotal.objects.filter(producer=self.producer).values_list(
            "channel", "gross_fen", "refunded_fen", "received_fen", "pending_fen"
        )
        money = (order.status, order.paid_at, order.ship_by, order.net_fen, order.refunded_fen)
        return [money, households, list(producer)]


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    members=st.integers(1, 4),
    shipping_fen=st.sampled_from([0, 1, 600]),
    before=st.lists(st.integers(1, 1000), max_size=2),
    received=st.booleans(),
    after=st.lists(st.integers(1, 1000), max_size=1),
    whole=st.booleans(),
)
def test_a_transfer_reaches_households_exactly_as_a_payment_through_stripe(
    db: None,
    members: int,
    shipping_fen: int,
    before: list[int],
    received: bool,
    after: list[int],
    whole: bool,
) -> None:
    steps = [*before, *(["receive"] if received else []), *after, *([None] if whole else [])]
    lives = [lived(members, shipping_fen, steps, by_transfer=by) for by in (False, True)]
    assert lives[0] == lives[1]


def lived(
    members: int, shipping_fen: int, steps: Sequence[int | str | None], *, by_transfer: bool
) -> list[Any]:
    """The figures after each step of a list's life, which is undone in the end."""
    figures = []
    with undone():
        if shipping_fen:
            ShippingRate.objects.create(prefix="43", name="湖南", first_fen=shipping_fen)
        side = Side(by_transfer=by_transfer)
        side.buy(members)
        for step in ["post", *steps]:
            if step == "receive":
                receive(side.order)
            elif step != "post":
                side.give_back(cast(int | None, step))
            post_due_orders(now=NOW)
            figures.append(side.figures())
        holds, other = (BANK, CLEARING) if by_transfer else (CLEARING, BANK)
        assert (balance_fen(holds), balance_fen(other)) == (side.order.net_fen, 0)
        assert audit_books(with_stripe=False).findings == []
        # Stripe's own copy of what came through it is not of this test.
        assert by_transfer == (match_settlement() == [])
    return figures


@contextmanager
def undone() -> Iterator[None]:
    """What is written is gone again; the next line's number, which says who gets the odd fen of
    equal parts, is the same each time."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval('orders_orderline_id_seq', 1000000)")
        yield
        transaction.set_rollback(True)
