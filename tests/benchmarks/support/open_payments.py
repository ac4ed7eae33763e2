"""Orders with an open payment each, and what Stripe will send when they are paid."""

import time
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from lukou_market.demo.stripe_standin.account import Account
from lukou_market.demo.stripe_standin.checkout import create_session, pay_session
from lukou_market.demo.stripe_standin.store import Store
from lukou_market.orders.models import Order
from lukou_market.orders.place_order import OrderRequest, place_batch
from lukou_market.payments.models import Payment
from tests.benchmarks.support.shop import PRICE_FEN, hot_offer, make_buyers
from tests.factories import ADDRESS

Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class OpenPayment:
    """A payment, and the events Stripe sends of it: charge, intent, session."""

    payment: Payment
    events: list[Event]


def open_payments(count: int) -> list[OpenPayment]:
    """So many orders of as many buyers, with address and an open payment."""
    offer, now = hot_offer(count), timezone.now()
    requests = [OrderRequest(buyer, "tap", offer.pk, 1, PRICE_FEN) for buyer in make_buyers(count)]
    place_batch(requests=requests, now=now)
    orders = Order.objects.filter(lines__offer=offer).order_by("id")
    orders.filter(pk__in=orders.values("pk")).update(
        recipient=ADDRESS.recipient, recipient_phone=ADDRESS.phone, address=ADDRESS.text
    )
    payments = Payment.objects.bulk_create(
        Payment(order=order, amount_fen=order.total_fen, created_at=now, checked_at=now)
        for order in orders.defer("recipient", "recipient_phone", "address")
    )
    opened = [_opened(payment) for payment in payments]
    Payment.objects.bulk_update(payments, ["status", "checkout_session_id"], batch_size=200)
    return opened


def _opened(payment: Payment) -> OpenPayment:
    """As the gateway asks for a session, and as a buyer pays it."""
    store = Store(None)
    account = Account(store, clock=time.time, base_url="http://127.0.0.1", fee_bp=0)
    reference = {"payment": str(payment.pk), "order": payment.order.number}
    price = {"currency": "cny", "unit_amount": PRICE_FEN, "product_data": {"name": "甜瓜 一箱"}}
    with account.change():
        session = create_session(
            account,
            {
                "line_items": [{"price_data": price, "quantity": 1}],
                "allowed_payment_method_types": ["alipay", "wechat_pay", "card"],
                "payment_method_options": {"wechat_pay": {"client": "web"}},
                "client_reference_id": str(payment.pk),
                "metadata": reference,
                "payment_intent_data": {"metadata": reference},
                "success_url": "http://127.0.0.1/paid",
                "cancel_url": "http://127.0.0.1/cancelled",
            },
        )
        pay_session(account, session, "alipay")
    payment.status, payment.checkout_session_id = Payment.Status.OPEN, session["id"]
    return OpenPayment(payment, store.newest_first("event")[::-1])
