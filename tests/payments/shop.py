"""What happens around a payment, in the words of the tests."""

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

from django.db import connection

from lukou_market.accounts.models import User
from lukou_market.demo.stripe_standin.server import WEBHOOK_SECRET, StandIn
from lukou_market.demo.stripe_standin.webhooks import signature
from lukou_market.orders.expire_orders import expire_due_orders
from lukou_market.orders.models import Order, ShippingRate
from lukou_market.payments.book import CLEARING, UNAPPLIED
from lukou_market.payments.models import Payment, Refund
from lukou_market.payments.open_checkout import open_checkout
from lukou_market.payments.process_webhooks import process_due_webhooks
from lukou_market.payments.receive_webhook import receive_webhook
from lukou_market.payments.request_refund import request_refund
from lukou_market.payments.send_refunds import send_due_refunds
from lukou_market.streams.models import Offer
from tests.balance import balance_fen
from tests.factories import ADDRESS, NOW, make_voucher, place

Event = dict[str, Any]


@dataclass
class Clock:
    """The shop's and the stand-in's time, moved by the tests only."""

    now: datetime = NOW

    def __call__(self) -> float:
        return self.now.timestamp()

    def advance(self, **passed: float) -> None:
        self.now += timedelta(**passed)


def deliver(event: Event, *, now: datetime) -> None:
    """Put the event into the inbox, signed as Stripe signs it."""
    payload = json.dumps(event).encode()
    signed = signature(payload, WEBHOOK_SECRET, at=int(time.time()))
    receive_webhook(payload=payload, signature=signed, now=now)


@dataclass
class Shop:
    """A buyer, an offer and a stand-in whose events reach the inbox when a test says so."""

    standin: StandIn
    clock: Clock
    buyer: User
    offer: Offer
    _delivered: set[str] = field(default_factory=set)

    @property
    def now(self) -> datetime:
        return self.clock.now

    def order(self, quantity: int = 1) -> Order:
        return place(self.buyer, self.offer, quantity, now=self.now)

    def checkout(self, order: Order) -> Payment:
        return open_checkout(
            buyer_id=self.buyer.pk, number=order.number, address=ADDRESS, now=self.now
        )

    def checkout_with_charges(self, order: Order, *, shipping_fen: int, off_fen: int) -> Payment:
        """To a place that costs something, with a voucher; the buyer has seen the total."""
        ShippingRate.objects.create(prefix="43", name="湖南", first_fen=shipping_fen)
        return open_checkout(
            buyer_id=self.buyer.pk,
            number=order.number,
            address=ADDRESS,
            voucher_code=make_voucher(off_fen).code,
            shown_due_fen=order.total_fen + shipping_fen - off_fen,
            now=self.now,
        )

    def pay(self, payment: Payment) -> None:
        """The buyer presses the button on Stripe's page; nobody has told us yet."""
        assert self.standin.pay(payment.checkout_session_id or "") == 303

    def events(self) -> list[Event]:
        """Every event the stand-in has made, oldest first."""
        return self.standin.account.store.newest_first("event")[::-1]

    def hear(self) -> None:
        """Stripe delivers what it has not delivered yet, and the worker works on it."""
        for event in self.events():
            if event["id"] not in self._delivered:
                self._delivered.add(event["id"])
                deliver(event, now=self.now)
        process_due_webhooks(now=self.now)

    def paid_order(self, quantity: int = 1) -> Order:
        order = self.order(quantity)
        self.pay(self.checkout(order))
        self.hear()
        order.refresh_from_db()
        assert order.status == "paid"
        return order

    def expire(self, order: Order) -> None:
        """Let the reservation run out."""
        self.clock.advance(minutes=16)
        expire_due_orders(now=self.now)
        order.refresh_from_db()
        assert order.status == "expired"

    def ask_back(self, order: Order, amount_fen: int | None = None) -> Refund:
        return request_refund(
            buyer_id=self.buyer.pk,
            number=order.number,
            amount_fen=amount_fen,
            note="",
            now=self.now,
        )

    def settle(self) -> None:
        """Send what is due, and hear of it."""
        send_due_refunds(now=self.now)
        self.hear()

    def refunds_at_stripe(self) -> list[int]:
        """The amounts in fen, oldest first."""
        refunds = self.standin.account.store.newest_first("refund")
        return [refund["amount"] for refund in refunds[::-1]]


def book() -> tuple[int, int]:
    """Fen that should be at Stripe, and fen of them that wait for an order."""
    return balance_fen(CLEARING), -balance_fen(UNAPPLIED)


def at_once(act: Callable[[int], object], workers: int = 4) -> None:
    """Run `act` in several threads, each with its own connection and number."""
    start = Barrier(workers)

    def work(number: int) -> None:
        start.wait(10)
        try:
            act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(work, range(workers)))
