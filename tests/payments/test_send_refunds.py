from datetime import timedelta
from typing import Any

import pytest

from lukou_market.demo.stripe_standin.server import StandIn
from lukou_market.orders.models import Order
from lukou_market.payments import stripe_gateway
from lukou_market.payments.decide_refund import approve_refund
from lukou_market.payments.models import Payment, Refund
from lukou_market.payments.send_refunds import send_due_refunds
from lukou_market.payments.settle_refund import settle_refund
from tests.factories import make_offer, make_user
from tests.payments.shop import Clock, Shop, at_once, book


def test_a_whole_refund_ends_the_order_and_frees_its_stock(shop: Shop) -> None:
    order = shop.paid_order()
    refund = shop.ask_back(order)
    shop.settle()
    refund.refresh_from_db()
    order.refresh_from_db()
    shop.offer.refresh_from_db()
    assert (refund.status, refund.settled_at) == ("succeeded", shop.now)
    assert (order.status, order.refunded_fen, shop.offer.taken) == ("refunded", 3990, 0)
    assert shop.refunds_at_stripe() == [3990]


def test_refunds_in_parts_add_up(shop: Shop) -> None:
    order = shop.paid_order(quantity=2)
    for amount_fen in (1000, 2000, 4980):
        approve_refund(refund_id=shop.ask_back(order, amount_fen).pk, now=shop.now)
        shop.settle()
    order.refresh_from_db()
    assert (order.status, order.refunded_fen) == ("refunded", 7980)
    assert shop.refunds_at_stripe() == [1000, 2000, 4980]


@pytest.mark.parametrize("paid", ["late", "twice"])
def test_a_payment_that_pays_nothing_goes_back_by_itself(shop: Shop, paid: str) -> None:
    order = shop.order()
    first, second = shop.checkout(order), shop.checkout(order)
    shop.pay(first)
    if paid == "late":
        shop.expire(order)
        Shop(shop.standin, shop.clock, make_user(), shop.offer).order(5)
        Shop(shop.standin, shop.clock, make_user(), shop.offer).order(5)
    else:
        shop.pay(second)
    shop.hear()
    shop.settle()
    assert (Refund.objects.get().status, shop.refunds_at_stripe()) == ("succeeded", [3990])
    order.refresh_from_db()
    assert order.refunded_fen == 0
    kept_fen = 0 if paid == "late" else 3990
    assert book() == (kept_fen, kept_fen)


def test_a_pending_refund_is_sent_and_settled_later(shop: Shop) -> None:
    shop.standin.refunds_pending(True)
    refund = shop.ask_back(shop.paid_order())
    shop.settle()
    refund.refresh_from_db()
    assert (refund.status, Order.objects.get().refunded_fen) == ("sent", 0)
    shop.standin.settle_refund(refund.stripe_id or "")
    shop.clock.now = refund.next_attempt_at
    send_due_refunds(now=shop.now)
    refund.refresh_from_db()
    assert (refund.status, Order.objects.get().refunded_fen) == ("succeeded", 3990)


def test_a_refunded_charge_makes_us_look_at_once(shop: Shop) -> None:
    shop.standin.refunds_pending(True)
    refund = shop.ask_back(shop.paid_order())
    send_due_refunds(now=shop.now)
    shop.hear()  # charge.refunded came after the refund was sent
    refund.refresh_from_db()
    assert (refund.status, refund.next_attempt_at) == ("sent", shop.now)


def test_a_refund_that_fails_at_stripe_frees_its_amount(shop: Shop) -> None:
    shop.standin.refunds_pending(True)
    refund = shop.ask_back(shop.paid_order())
    shop.settle()
    refund.refresh_from_db()
    shop.standin.settle_refund(refund.stripe_id or "", "failed")
    shop.hear()
    refund.refresh_from_db()
    assert (refund.status, Payment.objects.get().refunding_fen) == ("failed", 0)
    assert (Order.objects.get().status, Order.objects.get().refunded_fen) == ("paid", 0)


def test_a_refund_that_stripe_will_never_make_fails(shop: Shop) -> None:
    refund = shop.ask_back(shop.paid_order())
    intent_id = Payment.objects.get().payment_intent_id or ""
    stripe_gateway.create_refund(refund_id=0, payment_intent_id=intent_id, amount_fen=1)
    shop.settle()
    refund.refresh_from_db()
    assert (refund.status, Payment.objects.get().refunding_fen) == ("failed", 0)
    assert (Order.objects.get().status, shop.refunds_at_stripe()) == ("paid", [1])


def test_a_requested_refund_is_not_sent(shop: Shop) -> None:
    shop.ask_back(shop.paid_order(), 990)
    assert send_due_refunds(now=shop.now + timedelta(days=1)) == 0
    assert shop.refunds_at_stripe() == []


def test_a_silent_stripe_puts_the_refund_off(shop: Shop, settings: Any) -> None:
    refund = shop.ask_back(shop.paid_order())
    with_stripe, settings.STRIPE_API_BASE = settings.STRIPE_API_BASE, "http://127.0.0.1:9"
    assert send_due_refunds(now=shop.now) == 1
    refund.refresh_from_db()
    assert (refund.status, refund.attempts) == ("approved", 1)
    assert send_due_refunds(now=shop.now) == 0
    settings.STRIPE_API_BASE = with_stripe
    shop.clock.now = refund.next_attempt_at
    shop.settle()
    assert shop.refunds_at_stripe() == [3990]


@pytest.mark.parametrize("key_lasts", [True, False])
@pytest.mark.parametrize("amount_fen", [None, 990])
def test_a_worker_that_dies_after_stripe_answered_refunds_once(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, amount_fen: int | None, key_lasts: bool
) -> None:
    refund = shop.ask_back(shop.paid_order(), amount_fen)
    approve_refund(refund_id=refund.pk, now=shop.now)

    def die(**_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("lukou_market.payments.send_refunds.settle_refund", die)
        with pytest.raises(KeyboardInterrupt):
            send_due_refunds(now=shop.now)
    if not key_lasts:
        monkeypatch.setattr(shop.standin.account.store, "get", _forgetting(shop))
    refund.refresh_from_db()
    assert (refund.status, shop.refunds_at_stripe()) == ("approved", [refund.amount_fen])
    shop.clock.now = refund.next_attempt_at
    shop.settle()
    assert shop.refunds_at_stripe() == [refund.amount_fen]
    assert Order.objects.get().refunded_fen == refund.amount_fen


def _forgetting(shop: Shop) -> Any:
    """The stand-in's look-up of things, without the answers kept by idempotency key."""
    get = shop.standin.account.store.get
    return lambda kind, key: None if kind == "standin.answer" else get(kind, key)


def test_settling_again_or_otherwise_changes_nothing(shop: Shop) -> None:
    refund = shop.ask_back(shop.paid_order())
    shop.settle()
    for succeeded in (True, False):
        settle_refund(refund_id=refund.pk, succeeded=succeeded, now=shop.now)
    refund.refresh_from_db()
    assert (refund.status, Order.objects.get().refunded_fen) == ("succeeded", 3990)
    assert Payment.objects.get().refunding_fen == 3990


def test_a_refund_made_by_hand_at_stripe_is_left_alone(shop: Shop) -> None:
    shop.paid_order()
    intent_id = Payment.objects.get().payment_intent_id or ""
    stripe_gateway.create_refund(refund_id=99999, payment_intent_id=intent_id, amount_fen=1)
    shop.hear()
    assert (Refund.objects.count(), Order.objects.get().refunded_fen) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_make_each_refund_once(standin: StandIn, clock: Clock) -> None:
    shop = Shop(standin, clock, buyer=make_user(), offer=make_offer())
    for _ in range(3):
        shop.ask_back(shop.paid_order())
    at_once(lambda _: send_due_refunds(now=shop.now))
    assert shop.refunds_at_stripe() == [3990] * 3
    assert set(Order.objects.values_list("status", "refunded_fen")) == {("refunded", 3990)}
