import json
import time
from datetime import timedelta
from typing import Any

import pytest

from lukou_market.demo.stripe_standin.webhooks import signature
from lukou_market.payments.errors import BadSignature
from lukou_market.payments.models import Payment, WebhookEvent
from lukou_market.payments.process_webhooks import process_due_webhooks
from lukou_market.payments.receive_webhook import receive_webhook
from tests.payments.shop import Event, Shop, book, deliver


def event_of(shop: Shop, kind: str) -> Event:
    return next(event for event in shop.events() if event["type"] == kind)


def changed(event: Event, **values: Any) -> Event:
    """Another event that tells the same with these fields different."""
    thing = {**event["data"]["object"], **values}
    return {**event, "id": "evt_changed", "data": {"object": thing}}


def paid(shop: Shop) -> Payment:
    payment = shop.checkout(shop.order())
    shop.pay(payment)
    return payment


def test_an_event_is_kept_once_however_often_it_comes(shop: Shop) -> None:
    paid(shop)
    for event in shop.events() * 3:
        deliver(event, now=shop.now)
    assert WebhookEvent.objects.count() == len(shop.events()) == 3


def test_an_event_with_a_bad_signature_is_not_kept(shop: Shop) -> None:
    with pytest.raises(BadSignature):
        receive_webhook(payload=b"{}", signature="t=1,v1=00", now=shop.now)
    assert not WebhookEvent.objects.exists()


def test_the_signature_covers_the_body_byte_by_byte(shop: Shop) -> None:
    paid(shop)
    payload = json.dumps(shop.events()[0]).encode()
    signed = signature(payload, shop.standin.webhook_secret, at=int(time.time()))
    with pytest.raises(BadSignature):
        receive_webhook(payload=payload + b" ", signature=signed, now=shop.now)
    receive_webhook(payload=payload, signature=signed, now=shop.now)
    assert WebhookEvent.objects.count() == 1


def test_the_order_is_paid_when_the_worker_has_read_the_event(shop: Shop) -> None:
    payment = paid(shop)
    shop.hear()
    payment.refresh_from_db()
    payment.order.refresh_from_db()
    assert (payment.status, payment.order.status) == ("succeeded", "paid")
    assert WebhookEvent.objects.filter(processed_at=shop.now).count() == 3


def test_a_processed_event_is_not_processed_again(shop: Shop) -> None:
    paid(shop)
    shop.hear()
    assert process_due_webhooks(now=shop.now + timedelta(days=1)) == 0


def test_an_event_before_we_know_its_session_finds_its_payment(shop: Shop) -> None:
    payment = paid(shop)
    Payment.objects.update(checkout_session_id=None)
    shop.hear()
    payment.refresh_from_db()
    assert (payment.status, payment.checkout_session_id) == ("succeeded", None)


@pytest.mark.parametrize(
    "changes",
    [
        {"client_reference_id": None},
        {"client_reference_id": "99999"},
        {"client_reference_id": "9" * 40},
        {"client_reference_id": "²"},
        {"client_reference_id": "LK1"},
        {"id": "cs_of_another_shop"},
        {"currency": "usd"},
    ],
)
def test_a_session_that_is_not_ours_pays_nothing(shop: Shop, changes: dict[str, str]) -> None:
    payment = paid(shop)
    event = changed(event_of(shop, "checkout.session.completed"), **changes)
    deliver(event, now=shop.now)
    assert process_due_webhooks(now=shop.now) == 1
    payment.refresh_from_db()
    assert (payment.status, book()) == ("open", (0, 0))
    assert WebhookEvent.objects.get().processed_at == shop.now


def test_a_completed_session_that_is_not_paid_yet_waits(shop: Shop) -> None:
    payment = paid(shop)
    completed = event_of(shop, "checkout.session.completed")
    deliver(changed(completed, payment_status="unpaid"), now=shop.now)
    process_due_webhooks(now=shop.now)
    payment.refresh_from_db()
    assert payment.status == "open"
    paid_later = {**completed, "type": "checkout.session.async_payment_succeeded"}
    deliver(paid_later, now=shop.now)
    process_due_webhooks(now=shop.now)
    payment.refresh_from_db()
    assert payment.status == "succeeded"


@pytest.mark.parametrize("kind", ["async_payment_failed", "expired"])
def test_a_session_that_ends_unpaid_closes_its_payment(shop: Shop, kind: str) -> None:
    payment = paid(shop)
    completed = event_of(shop, "checkout.session.completed")
    ended = changed(completed, payment_status="unpaid", status="expired")
    deliver({**ended, "type": f"checkout.session.{kind}"}, now=shop.now)
    process_due_webhooks(now=shop.now)
    payment.refresh_from_db()
    assert payment.status == "closed"


def test_an_event_that_fails_waits_and_does_not_stop_the_others(shop: Shop) -> None:
    payment = paid(shop)
    broken = changed(event_of(shop, "checkout.session.completed"), amount_total=0)
    deliver(broken, now=shop.now)
    shop.hear()
    payment.refresh_from_db()
    failed = WebhookEvent.objects.get(processed_at=None)
    assert payment.status == "succeeded"
    assert (failed.stripe_id, failed.attempts) == ("evt_changed", 1)
    assert "payment_amount_positive" in failed.last_error
    assert failed.next_attempt_at > shop.now


def test_an_event_that_failed_is_tried_again_ever_later(shop: Shop) -> None:
    payment = paid(shop)
    deliver(changed(event_of(shop, "checkout.session.completed"), amount_total=0), now=shop.now)
    waits = []
    for _ in range(3):
        process_due_webhooks(now=shop.now)
        due = WebhookEvent.objects.get().next_attempt_at
        waits.append((due - shop.now).total_seconds())
        shop.clock.now = due
    assert waits == [2, 4, 8]
    payment.refresh_from_db()
    assert (payment.status, book()) == ("open", (0, 0))


def test_a_kind_of_event_we_do_not_know_is_done_with_at_once(shop: Shop) -> None:
    deliver({"id": "evt_1", "type": "plan.created", "data": {}}, now=shop.now)
    assert WebhookEvent.objects.get().processed_at == shop.now
    assert process_due_webhooks(now=shop.now) == 0


def test_one_round_takes_no_more_than_its_limit(shop: Shop) -> None:
    paid(shop)
    completed = event_of(shop, "checkout.session.completed")
    for number in range(3):
        deliver({**completed, "id": f"evt_{number}"}, now=shop.now)
    assert [process_due_webhooks(now=shop.now, limit=2) for _ in range(3)] == [2, 1, 0]
