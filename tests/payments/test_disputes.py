"""Disputes: what they do to the money, the order and its refunds, in whatever order they come."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lukou_market.aid.audit_books import audit_books
from lukou_market.aid.models import HouseholdTotal
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.kernel.errors import DomainError
from lukou_market.ledger.models import Transfer
from lukou_market.orders.models import Order, OrderEvent
from lukou_market.payments.book import CLEARING, DISPUTED, LOSSES, UNAPPLIED
from lukou_market.payments.decide_refund import approve_refund
from lukou_market.payments.models import Dispute, Payment, Refund, WebhookEvent
from lukou_market.payments.process_webhooks import process_due_webhooks
from lukou_market.payments.send_refunds import send_due_refunds
from lukou_market.payments.settle_with_stripe import settle_with_stripe
from tests.balance import balance_fen
from tests.factories import make_household, make_link
from tests.payments.shop import Event, Shop, deliver

SHARE_BP = 3000


@pytest.fixture(autouse=True)
def _linked(shop: Shop) -> None:
    """A household has 30 % of what the shop sells."""
    make_link(shop.offer.sku.product.producer, make_household(), SHARE_BP)


def intent_of(order: Order) -> str:
    return order.payments.get(applied=True).payment_intent_id or ""


def dispute(shop: Shop, order: Order, amount_fen: int | None = None) -> str:
    """The id of a dispute we have heard of."""
    opened = shop.standin.dispute(intent_of(order), amount_fen)
    shop.hear()
    return str(opened["id"])


def close(shop: Shop, dispute_id: str, status: str) -> None:
    shop.standin.close_dispute(dispute_id, status)
    shop.hear()


def post(shop: Shop) -> None:
    while post_due_orders(now=shop.now):
        pass


def receive(order: Order) -> None:
    for status in ("packed", "shipped", "received"):
        Order.objects.filter(pk=order.pk).update(status=status)


def credited() -> int:
    totals = HouseholdTotal.objects.all()
    return sum(total.credited_fen - total.reversed_fen for total in totals)


def assert_proved(shop: Shop) -> None:
    post(shop)
    assert audit_books(with_stripe=True).findings == []


def test_while_it_is_open_the_money_stands_apart(shop: Shop) -> None:
    order = shop.paid_order()
    dispute(shop, order)
    row = Dispute.objects.get()
    assert (row.status, row.amount_fen, row.held_fen) == ("open", 3990, 3990)
    assert row.due_by is not None
    assert (balance_fen(CLEARING), balance_fen(DISPUTED)) == (0, 3990)
    order.refresh_from_db()
    assert (order.status, order.refunded_fen) == ("paid", 0)
    assert_proved(shop)


def test_won_it_is_as_if_nothing_had_been(shop: Shop) -> None:
    order = shop.paid_order()
    dispute_id = dispute(shop, order)
    shop.standin.answer_dispute(dispute_id)
    shop.hear()
    assert Dispute.objects.get().status == "review"
    close(shop, dispute_id, "won")
    assert (balance_fen(CLEARING), balance_fen(DISPUTED)) == (3990, 0)
    assert Payment.objects.get().disputed_fen == 0
    assert shop.ask_back(order).amount_fen == 3990
    assert_proved(shop)


@pytest.mark.parametrize("received", [False, True])
@pytest.mark.parametrize("amount_fen", [None, 1000, 1])
def test_lost_it_is_a_refund_of_its_amount(
    shop: Shop, received: bool, amount_fen: int | None
) -> None:
    order = shop.paid_order()
    if received:
        receive(order)
        post(shop)
        assert credited() == 1197
    close(shop, dispute(shop, order, amount_fen), "lost")
    order.refresh_from_db()
    assert order.refunded_fen == (amount_fen or 3990)
    assert (order.status == "refunded") is (amount_fen is None)
    post(shop)
    left = 3990 - order.refunded_fen
    assert (balance_fen(CLEARING), balance_fen(DISPUTED)) == (left, 0)
    exact = left * SHARE_BP / 10_000 if received else 0
    assert abs(credited() - exact) <= 1
    assert_proved(shop)


def test_an_inquiry_moves_no_money_and_lets_refunds_through(shop: Shop) -> None:
    order = shop.paid_order()
    opened = shop.standin.dispute(intent_of(order), inquiry=True)
    shop.hear()
    assert Dispute.objects.get().status == "inquiry"
    assert (balance_fen(CLEARING), balance_fen(DISPUTED)) == (3990, 0)
    shop.ask_back(order)
    shop.settle()
    close(shop, opened["id"], "warning_closed")
    assert Dispute.objects.get().status == "ended"
    assert_proved(shop)


def test_an_inquiry_may_become_a_dispute(shop: Shop) -> None:
    order = shop.paid_order()
    opened = shop.standin.dispute(intent_of(order), inquiry=True)
    shop.hear()
    shop.standin.escalate_dispute(opened["id"])
    shop.hear()
    assert balance_fen(DISPUTED) == 3990
    close(shop, opened["id"], "lost")
    assert_proved(shop)


def test_no_refund_is_asked_for_while_the_bank_decides(shop: Shop) -> None:
    order = shop.paid_order()
    dispute(shop, order, 1000)
    with pytest.raises(DomainError) as refusal:
        shop.ask_back(order, 500)
    assert refusal.value.code == "payment_disputed"
    assert not Refund.objects.exists()
    assert Payment.objects.get().refunding_fen == 0


def test_after_a_lost_dispute_only_the_rest_is_given_back(shop: Shop) -> None:
    order = shop.paid_order()
    close(shop, dispute(shop, order, 1000), "lost")
    with pytest.raises(DomainError) as refusal:
        shop.ask_back(order, 2991)
    assert refusal.value.code == "refund_too_large"
    shop.ask_back(order)
    shop.settle()
    order.refresh_from_db()
    assert (order.status, order.refunded_fen) == ("refunded", 3990)
    assert_proved(shop)


def test_a_refund_asked_for_before_the_dispute_is_rejected(shop: Shop) -> None:
    order = shop.paid_order()
    Order.objects.update(status="packed")
    shop.ask_back(order, 990)
    dispute(shop, order)
    assert Refund.objects.get().status == "rejected"
    assert Payment.objects.get().disputed_fen == 3990
    assert_proved(shop)


def test_a_dispute_after_a_refund_takes_from_the_order_only_the_rest(shop: Shop) -> None:
    """The bank takes all of it all the same: what was given back twice is our loss."""
    order = shop.paid_order()
    Order.objects.update(status="packed")
    approve_refund(refund_id=shop.ask_back(order, 990).pk, now=shop.now)
    shop.settle()
    close(shop, dispute(shop, order, 3990), "lost")
    order.refresh_from_db()
    assert (order.status, order.refunded_fen) == ("refunded", 3990)
    assert Dispute.objects.get().held_fen == 3000
    post(shop)
    assert (balance_fen(LOSSES), balance_fen(CLEARING)) == (990, -990)
    assert_proved(shop)


@pytest.mark.parametrize("outcome", ["won", "lost"])
@pytest.mark.parametrize("amount_fen", [None, 1000])
def test_money_that_pays_no_order_is_given_back_once(
    shop: Shop, outcome: str, amount_fen: int | None
) -> None:
    order = shop.order()
    for payment in (shop.checkout(order), shop.checkout(order)):
        shop.pay(payment)
    for event in shop.events():
        deliver(event, now=shop.now)
    process_due_webhooks(now=shop.now)
    surplus = Payment.objects.get(status="succeeded", applied=False)
    opened = shop.standin.dispute(surplus.payment_intent_id or "", amount_fen)
    shop.hear()
    assert send_due_refunds(now=shop.now) == 0  # it waits
    close(shop, opened["id"], outcome)
    shop.settle()
    assert balance_fen(UNAPPLIED) == -3990  # the order's, not posted yet
    assert balance_fen(CLEARING) == 3990
    assert_proved(shop)


def test_a_refund_stripe_refuses_for_a_dispute_goes_on_when_it_is_won(shop: Shop) -> None:
    """Stripe knows of the dispute before we do."""
    order = shop.paid_order()
    refund = shop.ask_back(order)
    opened = shop.standin.dispute(intent_of(order))
    send_due_refunds(now=shop.now)
    shop.hear()
    refund.refresh_from_db()
    assert refund.status == "approved"
    close(shop, opened["id"], "won")
    shop.clock.advance(hours=1)
    shop.settle()
    refund.refresh_from_db()
    assert refund.status == "succeeded"
    assert_proved(shop)


def test_chargeback_and_refund_together_never_exceed_the_payment(shop: Shop) -> None:
    dispute(shop, shop.paid_order(), 1000)
    with (
        pytest.raises(IntegrityError, match="payment_refunds_within_amount"),
        transaction.atomic(),
    ):
        Payment.objects.update(refunding_fen=2991)
    Payment.objects.update(refunding_fen=2990)


@contextmanager
def taken_back() -> Iterator[None]:
    """Undo what one example did."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def shuffled(events: list[Event]) -> st.SearchStrategy[list[Event]]:
    """All events in some order, with some of them once more at the end."""
    again = st.lists(st.sampled_from(events), max_size=4)
    return st.tuples(st.permutations(events), again).map(lambda parts: [*parts[0], *parts[1]])


@pytest.mark.parametrize("outcome", ["", "won", "lost"])
@pytest.mark.parametrize("inquiry", [False, True])
def test_in_every_order_of_events_the_books_end_the_same(
    shop: Shop, outcome: str, inquiry: bool
) -> None:
    order = shop.paid_order()
    receive(order)
    post(shop)
    before = len(shop.events())
    opened = shop.standin.dispute(intent_of(order), 990, inquiry=inquiry)
    if inquiry:
        shop.standin.escalate_dispute(opened["id"])
    shop.standin.answer_dispute(opened["id"])
    if outcome:
        shop.standin.close_dispute(opened["id"], outcome)
    told = shop.events()[before:]
    lost = 990 if outcome == "lost" else 0

    @settings(
        max_examples=15,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(st.data())
    def in_any_order(data: st.DataObject) -> None:
        events = data.draw(shuffled(told))
        with taken_back():
            for number, event in enumerate(events):
                deliver({**event, "id": f"evt_{number}"}, now=shop.now)
                process_due_webhooks(now=shop.now)
                if data.draw(st.booleans()):
                    post(shop)
            post(shop)
            assert not WebhookEvent.objects.filter(processed_at=None).exists()
            row = Dispute.objects.get()
            assert row.status == (outcome or "review")
            assert row.held_fen == (0 if outcome == "won" else 990)
            assert Payment.objects.get().disputed_fen == row.held_fen
            assert balance_fen(DISPUTED) == (0 if outcome else 990)
            assert balance_fen(CLEARING) == (3990 if outcome == "won" else 3000)
            refunds = OrderEvent.objects.filter(kind="refund")
            assert sum(refunds.values_list("amount_fen", flat=True)) == lost
            assert credited() == 1197 - lost * SHARE_BP // 10_000
            kinds = {"": 1, "won": 2, "lost": 2}
            assert Transfer.objects.filter(source_kind="dispute").count() == kinds[outcome]
            assert audit_books(with_stripe=False).findings == []

    in_any_order()


def test_a_dispute_of_a_payment_we_have_not_heard_of_waits_for_the_night(shop: Shop) -> None:
    payment = shop.checkout(shop.order())
    shop.pay(payment)
    session = shop.standin.account.get("checkout.session", payment.checkout_session_id or "")
    shop.standin.dispute(session["payment_intent"])
    for event in shop.events():
        if event["type"].startswith("charge.dispute"):
            deliver(event, now=shop.now)
    process_due_webhooks(now=shop.now)
    assert not Dispute.objects.exists()
    settle_with_stripe(now=shop.now)
    assert Dispute.objects.get().held_fen == 3990
    assert_proved(shop)
