"""Whatever happens to sales, and whenever they are held and released meanwhile."""

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lukou_market.accounts.models import User
from lukou_market.aid.audit_books import Finding, audit_books
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.aid.rebuild_totals import rebuild_totals
from lukou_market.orders.models import Order, OrderEvent
from lukou_market.orders.record_refund import record_refund
from lukou_market.screening.models import Rule
from lukou_market.streams.models import Offer
from tests.aid.every_mechanism import PRICES_FEN, balances, offers_of_every_mechanism, totals
from tests.aid.sales import receive
from tests.aid.test_any_life_of_a_sale import undone
from tests.factories import NOW, make_user, place_paid
from tests.screening.flags import clear, flag, town_cadre

pytestmark = pytest.mark.django_db
ANY_LIFE = settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
_DAY = 6  # columns of a day's figures, of which the last two are sums
RULES = (Rule.SHARED_ADDRESS, Rule.SHARED_PAYER)


@dataclass(frozen=True)
class Life:
    """A sale's life in steps: a refund in fen, None for its receipt, or what screening does."""

    offer: int
    quantity: int
    steps: list[int | str | None]
    posted_after: set[int]


LIVES = st.builds(
    Life,
    offer=st.integers(0, len(PRICES_FEN) - 1),
    quantity=st.integers(1, 3),
    steps=st.lists(
        st.one_of(st.integers(1, 4000), st.none(), st.sampled_from(["flag 0", "flag 1", "clear"])),
        max_size=7,
    ),
    posted_after=st.sets(st.integers(0, 6)),
)


@pytest.fixture
def offers(db: None) -> list[Offer]:
    """Boxes of a producer that every mechanism takes its part of."""
    return offers_of_every_mechanism()


@pytest.fixture
def cadre(db: None) -> User:
    """Who clears."""
    return town_cadre()


def of_the_book() -> list[Finding]:
    """What the audit finds between rules, book and totals; these orders have no payments."""
    found = audit_books(with_stripe=False).findings
    return [finding for finding in found if "book" in finding.check or "pool" in finding.check]


def live(order: Order, life: Life, cadre: User | None) -> bool:
    """The sale's life; without a cadre nobody screens. Whether it ends as held."""
    left_fen, received, held = order.total_fen, False, False
    for number, step in enumerate(life.steps):
        order.refresh_from_db()
        if step is None and left_fen and not received:
            receive(order)
            received = True
        elif isinstance(step, int) and left_fen:
            record_refund(order=order, amount_fen=min(step, left_fen), now=NOW)
            left_fen -= min(step, left_fen)
        elif isinstance(step, str) and cadre:
            held = screen(order, step, cadre)
        if number in life.posted_after:
            post_due_orders(now=NOW)
    post_due_orders(now=NOW)
    return held


def screen(order: Order, step: str, cadre: User) -> bool:
    if step == "clear":
        clear_all(order, cadre)
    else:
        flag(order, RULES[int(step[-1])])
    return order.sale_flags.exclude(status="cleared").exists()


def clear_all(order: Order, cadre: User) -> None:
    for raised in order.sale_flags.filter(status="open"):
        clear(raised, by=cadre)


@ANY_LIFE
@given(lives=st.lists(LIVES, min_size=2, max_size=4))
def test_totals_are_those_of_the_sales_that_are_not_held(
    offers: list[Offer], cadre: User, lives: list[Life]
) -> None:
    with undone():
        orders = [place_paid(make_user(), offers[life.offer], life.quantity) for life in lives]
        pairs = list(zip(orders, lives, strict=True))
        with undone():
            held = [live(order, life, cadre) for order, life in pairs]
            screened = totals()
            assert of_the_book() == []
            rebuild_totals()
            assert totals() == screened
            for order in orders:
                clear_all(order, cadre)
            post_due_orders(now=NOW)
            cleared = (balances(), totals())
            assert of_the_book() == []
        with undone():
            not_there = [order for order, is_held in zip(orders, held, strict=True) if is_held]
            OrderEvent.objects.filter(order__in=not_there).update(posted=True)
            for (order, life), is_held in zip(pairs, held, strict=True):
                if not is_held:
                    live(order, life, None)
            alone = without_zeros(totals())
        with undone():
            for order, life in pairs:
                live(order, life, None)
            assert (balances(), totals()) == cleared
        assert without_zeros(screened) == alone


def without_zeros(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """A held sale leaves rows of zeros."""
    return [row for row in rows if any(row[-2:]) or (len(row) != _DAY and any(row[-3:]))]
