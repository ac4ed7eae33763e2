"""Whatever the order and number of deliveries, the end is the same."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lukou_market.orders.models import Order, OrderEvent
from lukou_market.payments.decide_refund import approve_refund
from lukou_market.payments.models import Payment, Refund, WebhookEvent
from lukou_market.payments.process_webhooks import process_due_webhooks
from lukou_market.payments.send_refunds import send_due_refunds
from tests.payments.shop import Event, Shop, book, deliver

MANY = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def shuffled(events: list[Event]) -> st.SearchStrategy[list[Event]]:
    """All events in some order, with some of them once more at the end."""
    again = st.lists(st.sampled_from(events), max_size=4)
    return st.tuples(st.permutations(events), again).map(lambda parts: [*parts[0], *parts[1]])


@contextmanager
def taken_back() -> Iterator[None]:
    """Undo what one example did."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def work_through(shop: Shop, events: list[Event]) -> None:
    """Each delivery is worked on before the next; ids differ so that each one counts."""
    for number, event in enumerate(events):
        deliver({**event, "id": f"evt_{number}"}, now=shop.now)
        process_due_webhooks(now=shop.now)
    assert not WebhookEvent.objects.filter(processed_at=None).exists()


@pytest.fixture
def twice_paid(shop: Shop) -> Order:
    """An order with three sessions: one expired, two paid; nobody has told us yet."""
    order = shop.order()
    expired, first, second = (shop.checkout(order) for _ in range(3))
    shop.pay(first)
    shop.pay(second)
    session_id = expired.checkout_session_id or ""
    session = shop.standin.account.get("checkout.session", session_id)
    with shop.standin.account.change():
        shop.standin.account.emit("checkout.session.expired", {**session, "status": "expired"})
    return order


def test_one_of_two_payments_pays_and_the_other_goes_back(shop: Shop, twice_paid: Order) -> None:
    @MANY
    @given(st.data())
    def in_any_order(data: st.DataObject) -> None:
        events = data.draw(shuffled(shop.events()))
        with taken_back():
            work_through(shop, events)
            statuses = list(Payment.objects.order_by("id").values_list("status", flat=True))
            assert statuses == ["closed", "succeeded", "succeeded"]
            assert Payment.objects.filter(applied=True).count() == 1
            refund = Refund.objects.get()
            assert (refund.reason, refund.amount_fen) == ("paid_twice", 3990)
            assert refund.payment.applied is False
            assert book() == (7980, 7980)
            twice_paid.refresh_from_db()
            assert twice_paid.status == "paid"

    in_any_order()


@pytest.fixture
def given_back(shop: Shop) -> Refund:
    """A part of a packed order is at Stripe as given back; we know it as sent only."""
    order = shop.paid_order()
    Order.objects.update(status="packed")
    shop.standin.refunds_pending(True)
    refund = approve_refund(refund_id=shop.ask_back(order, 990).pk, now=shop.now)
    send_due_refunds(now=shop.now)
    refund.refresh_from_db()
    shop.standin.settle_refund(refund.stripe_id or "")
    return refund


def test_a_refund_is_settled_once(shop: Shop, given_back: Refund) -> None:
    @MANY
    @given(st.data())
    def in_any_order(data: st.DataObject) -> None:
        events = data.draw(shuffled(shop.events()))
        with taken_back():
            work_through(shop, events)
            given_back.refresh_from_db()
            order = Order.objects.get()
            assert (given_back.status, order.status) == ("succeeded", "packed")
            assert order.refunded_fen == 990
            assert OrderEvent.objects.filter(kind="refund").count() == 1

    in_any_order()


def test_a_payment_that_succeeded_never_goes_back_to_closed(shop: Shop) -> None:
    payment = shop.checkout(shop.order())
    shop.pay(payment)
    completed = next(e for e in shop.events() if e["type"] == "checkout.session.completed")
    session = {**completed["data"]["object"], "status": "expired", "payment_status": "unpaid"}
    expired = {**completed, "type": "checkout.session.expired", "data": {"object": session}}
    for events in ([completed, expired], [expired, completed]):
        with taken_back():
            work_through(shop, events)
            payment.refresh_from_db()
            assert (payment.status, payment.applied) == ("succeeded", True)
