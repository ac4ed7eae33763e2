"""A signed month keeps its figures; a sale held or released later restates it."""

from lukou_market.aid.audit_books import audit_books
from lukou_market.aid.models import Period, ProducerTotal
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.aid.restate_period import restate_period
from lukou_market.aid.trace import trace_order
from lukou_market.aid.verifier.verify_period import check
from lukou_market.aid.write_period import export_period
from lukou_market.screening.models import Rule
from tests.aid.conftest import books  # noqa: F401
from tests.aid.months import IN_AUGUST, IN_JULY, JUNE, Books
from tests.aid.test_restate_period import close_june
from tests.screening.flags import clear, flag


def restated() -> tuple[int, int]:
    """What was added to June's net sales and credits since, in fen."""
    restatement = restate_period(Period.objects.get(month=JUNE))
    return restatement.sales.later_fen, restatement.credits.later_fen


def test_a_sale_of_a_signed_month_is_held_and_released(books: Books) -> None:  # noqa: F811
    order, _other = books.sale(), books.sale()
    signed = export_period(close_june())
    flagged = flag(order, now=IN_JULY)
    post_due_orders(now=IN_JULY)
    assert restated() == (-1000, -450)
    books.refund(order, 400, now=IN_JULY)
    assert restated() == (-1000, -450)
    assert trace_order(order=order).basis == "held"
    assert audit_books(with_stripe=False).proved

    clear(flagged, now=IN_AUGUST)
    post_due_orders(now=IN_AUGUST)
    assert restated() == (-400, -180)
    flag(order, Rule.SHARED_PAYER, now=IN_AUGUST)
    post_due_orders(now=IN_AUGUST)
    assert restated() == (-1000, -450)
    assert export_period(Period.objects.get(month=JUNE)) == signed
    assert audit_books(with_stripe=False).proved


def test_a_month_that_is_open_never_shows_what_is_held(books: Books) -> None:  # noqa: F811
    order, _other = books.sale(), books.sale()
    flag(order, now=IN_JULY)
    post_due_orders(now=IN_JULY)
    period = close_june()
    check(export_period(period))
    total = books.total(period, "all")
    assert (total["gross_fen"], total["credited_fen"], total["held_fen"]) == (1000, 450, 1000)
    assert ProducerTotal.objects.get().month == JUNE
    assert audit_books(with_stripe=False).proved
