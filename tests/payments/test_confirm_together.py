"""An inbox full of payments is worked in batches; nobody can tell it from one at a time."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from lukou_market.demo.stripe_standin.server import StandIn
from lukou_market.orders.cancel_order import cancel_order
from lukou_market.orders.models import Order, OrderEvent
from lukou_market.payments import handle_event
from lukou_market.payments.confirm_payments import Received, confirm_payments
from lukou_market.payments.models import Payment, Refund, WebhookEvent
from lukou_market.payments.process_webhooks import process_due_webhooks
from lukou_market.streams.models import Offer
from tests.factories import make_offer, make_user
from tests.payments.shop import Clock, Event, Shop, at_once, book, deliver
from tests.payments.test_events_in_any_order import MANY, taken_back


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the batches confirmed together, as they happen."""
    sizes: list[int] = []

    def confirm(*, received: Sequence[Received], **given: Any) -> None:
        sizes.append(len(received))
        confirm_payments(received=received, **given)

    monkeypatch.setattr(handle_event, "confirm_payments", confirm)
    return sizes


def roomy(shop: Shop, quota: int = 100) -> None:
    Offer.objects.update(quota=quota, limit_per_buyer=quota)
    shop.offer.refresh_from_db()


def pay_many(shop: Shop, count: int) -> None:
    """So many orders are paid at Stripe, and the inbox holds what it says of them."""
    roomy(shop)
    before = len(shop.events())
    for _ in range(count):
        shop.pay(shop.checkout(shop.order()))
    for event in shop.events()[before:]:
        deliver(event, now=shop.now)


def completed(shop: Shop, payment: Payment, **changes: Any) -> Event:
    """What Stripe says of the payment's session, with these fields different."""
    for event in shop.events():
        thing = event["data"]["object"]
        if thing["id"] == payment.checkout_session_id:
            return {**event, "data": {"object": {**thing, **changes}}}
    raise LookupError(payment)


def paid(shop: Shop, order: Order) -> Payment:
    payment = shop.checkout(order)
    shop.pay(payment)
    return payment


@pytest.fixture
def crowd(shop: Shop) -> list[Event]:
    """Payments as different as they can be, none of which we have heard of yet."""
    roomy(shop)
    two_late = [paid(shop, shop.order()) for _ in range(2)]
    shop.clock.advance(minutes=16)
    for payment in two_late:
        shop.expire(payment.order)
    plain = [paid(shop, shop.order()) for _ in range(3)]
    twice = shop.order()
    again = [paid(shop, twice), paid(shop, twice)]
    cancelled = paid(shop, shop.order())
    cancel_order(buyer_id=shop.buyer.pk, number=cancelled.order.number, now=shop.now)
    wrong, broken = paid(shop, shop.order()), paid(shop, shop.order())
    roomy(shop, quota=shop.offer.taken + 7)  # enough for one of the two that are late
    return [
        *(completed(shop, payment) for payment in [*two_late, *plain, *again, cancelled]),
        completed(shop, wrong, amount_total=1),
        completed(shop, broken, amount_total=0),
        completed(shop, plain[0], payment_status="unpaid"),
        completed(shop, plain[1], payment_status="unpaid", status="expired"),
        completed(shop, plain[2], id="cs_of_another_shop"),
        completed(shop, plain[2], currency="usd"),
        {**completed(shop, plain[2]), "data": {"object": {"amount_total": None}}},
    ]


def everything() -> dict[str, Any]:
    """What the database says in the end, without ids that only count."""
    rows = {
        "orders": Order.objects.values_list("id", "status", "status_at", "paid_at"),
        "history": OrderEvent.objects.values_list("order", "kind", "occurred_at", "posted"),
        "payments": Payment.objects.values_list(
            "id", "status", "amount_fen", "applied", "refunding_fen", "payment_intent_id", "paid_at"
        ),
        "refunds": Refund.objects.values_list("payment", "status", "reason", "amount_fen"),
        "offers": Offer.objects.values_list("id", "taken"),
        "inbox": WebhookEvent.objects.values_list(
            "stripe_id", "processed_at", "attempts", "next_attempt_at"
        ),
    }
    return {name: sorted(values) for name, values in rows.items()} | {"book": book()}


def after(shop: Shop, events: Sequence[Event], *, limit: int) -> dict[str, Any]:
    with taken_back():
        for number, event in enumerate(events):
            deliver({**event, "id": f"evt_{number}"}, now=shop.now)
        while process_due_webhooks(now=shop.now, limit=limit):
            pass
        return everything()


def test_a_batch_ends_like_one_at_a_time(shop: Shop, crowd: list[Event]) -> None:
    @MANY
    @given(st.lists(st.sampled_from(crowd), min_size=2, max_size=14))
    def whatever_comes(events: list[Event]) -> None:
        assert after(shop, events, limit=100) == after(shop, events, limit=1)

    whatever_comes()


def test_each_of_a_mixed_batch_gets_its_own_result(
    shop: Shop, crowd: list[Event], batches: list[int]
) -> None:
    healthy = [event for event in crowd if event["data"]["object"]["amount_total"]]
    for number, event in enumerate(healthy):
        deliver({**event, "id": f"evt_{number}"}, now=shop.now)
    assert process_due_webhooks(now=shop.now) == len(healthy)
    reasons = sorted(Refund.objects.values_list("reason", flat=True))
    assert reasons == ["paid_late", "paid_late", "paid_twice", "wrong_amount"]
    assert Payment.objects.filter(applied=True).count() == 5
    assert Order.objects.filter(status="paid").count() == 5
    assert batches == [9]


def test_a_batch_takes_as_many_statements_as_a_small_one(shop: Shop) -> None:
    counts = []
    for size in (1, 10, 50):
        pay_many(shop, size)
        with CaptureQueriesContext(
            connection,
        ) as statements:
            assert process_due_webhooks(now=shop.now) == size
        counts.append(len(statements))
    assert counts[1] == counts[2] <= 25
    assert Order.objects.filter(status="paid").count() == 61
    assert book() == (61 * 3990, 61 * 3990)


def test_a_poisonous_event_spoils_one_batch_only(shop: Shop, batches: list[int]) -> None:
    poison = paid(shop, shop.order())
    deliver(completed(shop, poison, amount_total=0) | {"id": "evt_poison"}, now=shop.now)
    Offer.objects.update(limit_per_buyer=100)
    for _ in range(2):
        payment = paid(shop, shop.order())
        deliver(completed(shop, payment), now=shop.now)
    assert process_due_webhooks(now=shop.now) == 3
    assert Payment.objects.filter(applied=True).count() == 2
    shop.clock.advance(seconds=2)
    payment = paid(shop, shop.order())
    deliver(completed(shop, payment), now=shop.now)
    assert process_due_webhooks(now=shop.now) == 2
    assert Payment.objects.filter(applied=True).count() == 3
    assert WebhookEvent.objects.get(processed_at=None).attempts == 2
    assert batches == [3, 1]


def test_a_batch_that_fails_as_a_whole_goes_one_by_one(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(handle_event, "confirm_payments", fail)
    pay_many(shop, 3)
    assert process_due_webhooks(now=shop.now) == 3
    assert Order.objects.filter(status="paid").count() == 3
    assert book() == (3 * 3990, 3 * 3990)


def test_a_worker_that_dies_in_a_batch_leaves_it_to_the_next(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(**_: object) -> None:
        raise KeyboardInterrupt

    pay_many(shop, 3)
    untouched = everything()
    with monkeypatch.context() as patch:
        patch.setattr("lukou_market.payments.confirm_payments.post_received", die)
        with pytest.raises(KeyboardInterrupt):
            process_due_webhooks(now=shop.now)
    assert everything() == untouched
    assert process_due_webhooks(now=shop.now) == 3
    assert Order.objects.filter(status="paid").count() == 3


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_confirm_each_payment_once(standin: StandIn, clock: Clock) -> None:
    shop = Shop(standin, clock, buyer=make_user(), offer=make_offer())
    pay_many(shop, 40)
    for number, event in enumerate(shop.events()):  # Stripe tells everything twice
        deliver({**event, "id": f"evt_{number}"}, now=shop.now)

    def work(_: int) -> None:
        while process_due_webhooks(now=shop.now, limit=7):
            pass

    at_once(work)
    assert not WebhookEvent.objects.filter(processed_at=None).exists()
    assert not WebhookEvent.objects.exclude(last_error="").exists()
    assert Payment.objects.filter(applied=True).count() == 40
    assert OrderEvent.objects.filter(kind="paid").count() == 40
    assert (book(), Refund.objects.count()) == ((40 * 3990, 40 * 3990), 0)
