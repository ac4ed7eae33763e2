"""Whatever happens to sales under every kind of rule, and whenever it is posted."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lukou_market.aid.audit_books import audit_books
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.orders.models import Order
from lukou_market.orders.record_refund import record_refund
from lukou_market.streams.models import Offer
from tests.aid.every_mechanism import (
    PRICES_FEN,
    balances,
    offers_of_every_mechanism,
    totals,
)
from tests.aid.months import Books
from tests.aid.sales import receive
from tests.factories import NOW, make_user, place_paid

pytestmark = pytest.mark.django_db
ANY_LIFE = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@dataclass(frozen=True)
class Life:
    """A sale's life: refunds in parts of its total, some before it is received, some after."""

    offer: int
    quantity: int
    before: list[int]
    received: bool
    after: list[int]
    shipping_fen: int
    discount_fen: int


LIVES = st.builds(
    Life,
    offer=st.integers(0, len(PRICES_FEN) - 1),
    quantity=st.integers(1, 3),
    before=st.lists(st.integers(1, 4000), max_size=2),
    received=st.booleans(),
    after=st.lists(st.integers(1, 4000), max_size=2),
    shipping_fen=st.sampled_from([0, 1, 600, 2500]),
    discount_fen=st.sampled_from([0, 1, 333]),
)


@pytest.fixture
def offers(db: None) -> list[Offer]:
    """Boxes of a producer that every mechanism takes its part of."""
    return offers_of_every_mechanism()


@ANY_LIFE
@given(lives=st.lists(LIVES, min_size=1, max_size=4))
def test_refunding_every_line_returns_every_account_to_zero(
    books: Books, offers: list[Offer], lives: list[Life]
) -> None:
    for life in lives:
        books.offer = offers[life.offer]
        order = books.paid(
            quantity=life.quantity, shipping_fen=life.shipping_fen, discount_fen=life.discount_fen
        )
        left_fen = order.due_fen
        steps = [*life.before, *([None] if life.received else []), *life.after, left_fen]
        for step in steps:
            if step is None and left_fen:
                order.refresh_from_db()
                receive(order)
                post_due_orders(now=NOW)
            elif step and left_fen:
                refund_fen = min(step, left_fen)
                books.refund(order, refund_fen, now=NOW)
                left_fen -= refund_fen
    assert balances() == {}
    assert audit_books(with_stripe=False).findings == []


@contextmanager
def undone() -> Iterator[None]:
    """What the block does is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def live(order: Order, life: Life, posted_after: set[int]) -> None:
    """The sale's life, posted after the steps of these numbers and at the end."""
    left_fen = order.total_fen
    for number, step in enumerate([*life.before, None, *life.after]):
        order.refresh_from_db()
        if step is None and left_fen:
            receive(order)
        elif step and left_fen:
            record_refund(order=order, amount_fen=min(step, left_fen), now=NOW)
            left_fen -= min(step, left_fen)
        if number in posted_after:
            post_due_orders(now=NOW)
    post_due_orders(now=NOW)


@ANY_LIFE
@given(
    lives=st.lists(LIVES, min_size=2, max_size=3),
    schedules=st.tuples(st.sets(st.integers(0, 4)), st.sets(st.integers(0, 4))),
    backwards=st.booleans(),
)
def test_when_and_in_which_order_sales_are_posted_does_not_change_the_end(
    offers: list[Offer], lives: list[Life], schedules: tuple[set[int], set[int]], backwards: bool
) -> None:
    orders = [place_paid(make_user(), offers[life.offer], life.quantity) for life in lives]
    ends = []
    for schedule, turned in ((schedules[0], False), (schedules[1], backwards)):
        with undone():
            sales = list(zip(orders, lives, strict=True))
            for order, life in reversed(sales) if turned else sales:
                live(order, life, schedule)
            assert post_due_orders(now=NOW) == 0
            ends.append((balances(), totals()))
    assert ends[0] == ends[1]
