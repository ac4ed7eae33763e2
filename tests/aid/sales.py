"""Months of sales, refunds and postings in any order, the same for the same seed."""

import random
from datetime import datetime, timedelta

from lukou_market.aid.post_orders import post_due_orders
from lukou_market.orders.advance import mark_packed, mark_received, mark_shipped
from lukou_market.orders.models import Order
from lukou_market.orders.record_refund import record_refund
from lukou_market.streams.models import Offer
from tests.factories import NOW, make_user, place_paid


def receive(order: Order, now: datetime = NOW) -> None:
    """Bring a paid order to its buyer."""
    for step in (mark_packed, mark_shipped, mark_received):
        step(order=order, now=now)


def sell(offers: list[Offer], *, orders: int, seed: int) -> list[Order]:
    """Orders over two months; each is paid, most are received, some partly refunded before or
    after; what is due is posted now and then, and at the end."""
    rng = random.Random(seed)
    sold = []
    for _ in range(orders):
        at = NOW + timedelta(days=rng.randrange(45))
        order = place_paid(make_user(), rng.choice(offers), rng.randint(1, 3), now=at)
        sold.append(order)
        _live_on(order, at, rng)
        if rng.random() < 0.3:
            post_due_orders(now=at)
    post_due_orders(now=NOW)
    return sold


def _live_on(order: Order, at: datetime, rng: random.Random) -> None:
    left_fen = order.total_fen
    if rng.random() < 0.3:
        left_fen -= _refund(order, rng.randint(1, left_fen - 1), at)
    if rng.random() < 0.8:
        later = at + timedelta(days=rng.randrange(10))
        receive(order, later)
        if rng.random() < 0.4:
            _refund(order, rng.choice([left_fen, rng.randint(1, left_fen)]), later)


def _refund(order: Order, amount_fen: int, at: datetime) -> int:
    order.refresh_from_db()
    record_refund(order=order, amount_fen=amount_fen, now=at)
    order.refresh_from_db()
    return amount_fen
