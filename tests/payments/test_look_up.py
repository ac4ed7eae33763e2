"""Back from Stripe's page before Stripe's word has arrived."""

import pytest

from lukou_market.aid.audit_books import audit_books
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.payments.look_up import look_up
from lukou_market.payments.models import Payment, Refund, WebhookEvent
from lukou_market.payments.shred_payments import shred_payments
from tests.factories import make_user
from tests.payments.shop import Shop, book

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_paid_session_is_found_out_at_once_and_the_late_event_changes_nothing(
    shop: Shop,
) -> None:
    order = shop.order()
    shop.pay(shop.checkout(order))
    shop.clock.advance(seconds=5)
    look_up(order=order, now=shop.now)
    order.refresh_from_db()
    assert order.status == "paid"
    shop.clock.advance(seconds=30)
    shop.hear()
    assert book() == (order.total_fen, order.total_fen)
    assert not Refund.objects.exists()


def test_who_has_not_paid_is_not_told_so(shop: Shop) -> None:
    order = shop.order()
    shop.checkout(order)
    shop.clock.advance(seconds=5)
    look_up(order=order, now=shop.now)
    order.refresh_from_db()
    assert (order.status, Payment.objects.get().status) == ("placed", "open")


def test_while_stripe_is_away_the_page_just_waits(shop: Shop, stripe_down: None) -> None:
    order = shop.order()
    payment = Payment.objects.create(
        order=order, amount_fen=order.due_fen, status="creating", created_at=shop.now,
        checked_at=shop.now,
    )  # fmt: skip
    payment.status, payment.checkout_session_id = "open", "cs_1"
    payment.save()
    shop.clock.advance(seconds=5)
    look_up(order=order, now=shop.now)
    order.refresh_from_db()
    assert order.status == "placed"


def test_who_paid_is_forgotten_and_what_was_paid_is_not(shop: Shop) -> None:
    order = shop.paid_order()
    kept = WebhookEvent.objects.filter(payload__data__object__has_key="customer_details")
    assert kept.exists()
    shred_payments(buyer_id=make_user().pk)
    assert kept.exists()
    shred_payments(buyer_id=order.buyer_id)
    assert not kept.exists()
    assert Payment.objects.get().amount_fen == order.due_fen


def test_shipping_and_voucher_are_paid_refunded_and_booked_to_the_fen(shop: Shop) -> None:
    order = shop.order()
    payment = shop.checkout_with_charges(order, shipping_fen=800, off_fen=500)
    assert payment.amount_fen == 3990 + 800 - 500
    shop.pay(payment)
    shop.hear()
    order.refresh_from_db()
    assert order.status == "paid"
    shop.ask_back(order)
    shop.settle()
    order.refresh_from_db()
    assert (order.status, order.refunded_fen) == ("refunded", 4290)
    post_due_orders(now=shop.now)
    assert audit_books(with_stripe=False).findings == []
    assert book() == (0, 0)
