"""What screening holds is in no figure of a report, and is named beside them with its amount."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from lukou_market.aid.post_orders import post_due_orders
from lukou_market.kernel.money import yuan
from lukou_market.orders.models import Order, OrderLine
from lukou_market.reports.channel_report import channel_report
from lukou_market.reports.display import Display
from lukou_market.reports.heading import heading_of
from lukou_market.reports.held_apart import held_apart
from lukou_market.reports.kinds import Kind
from lukou_market.reports.line_report import line_report
from lukou_market.reports.stream_report import stream_report
from lukou_market.streams.models import LiveSession
from tests.factories import NOW, make_region
from tests.reports.books import AUGUST, JULY, JUNE, ask, sold_book
from tests.screening.flags import clear, flag

pytestmark = pytest.mark.django_db
Cadre = Callable[[str], Client]
ASKED = {"region": "430212101001", "from": "2026-06", "to": "2026-08"}


@pytest.fixture
def held(db: None) -> Order:
    """One of twenty sales; by now the book has taken it out."""
    order = sold_book(6)[0]
    flag(order)
    post_due_orders(now=NOW)
    return order


def words(order: Order) -> str:
    return f"另有待核（含核定不计）销售 ¥{yuan(order.total_fen)}（1 单），未计入合计。"


def test_the_amount_stands_beside_figures_that_are_without_it(held: Order) -> None:
    assert held_apart(ask()) == [words(held)]
    lines = list(line_report(ask()).rows)
    assert held.number not in [row.about for row in lines]
    paid = [row.cells[-1] for row in lines]
    assert sum(fen for fen in paid if isinstance(fen, int)) == channel_report(ask()).totals[2]
    LiveSession.objects.update(status="ended", started_at=NOW, ended_at=NOW)
    assert stream_report(ask()).totals[7] == Order.objects.exclude(pk=held.pk).count()


def test_it_is_told_for_the_place_period_and_channel_it_belongs_to(held: Order) -> None:
    make_region("430212102001")
    assert held_apart(ask("430212102001")) == []
    assert held_apart(ask("430212101000")) == [words(held)]
    assert held_apart(ask(channel="offline")) == []
    told = [held_apart(ask(first=month, last=month)) for month in (JUNE, JULY, AUGUST)]
    assert sorted(told) == [[], [], [words(held)]]


def test_a_cleared_sale_is_not_apart(held: Order) -> None:
    clear(held.sale_flags.get())
    post_due_orders(now=NOW)
    assert held_apart(ask()) == []
    paid = OrderLine.objects.filter(order__paid_at__isnull=False)
    assert channel_report(ask()).totals[2] == sum(line.total_fen for line in paid)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.COVERAGE])
def test_each_report_of_sales_says_so_on_its_page_and_in_its_files(
    held: Order, cadre: Cadre, kind: Kind
) -> None:
    page = cadre("430212101001").get(reverse("cadre:report", args=[kind]), ASKED).content.decode()
    assert words(held) in page and reverse("cadre:screening") in page
    sheet = channel_report(ask())
    assert words(held) in heading_of(kind, ask(), sheet, Display(), as_of=NOW).lines


def test_the_registers_have_nothing_to_do_with_it(held: Order, cadre: Cadre) -> None:
    page = cadre("430212101001").get(reverse("cadre:report", args=[Kind.COVERAGE]), ASKED)
    assert words(held) not in page.content.decode()


def test_the_aid_sales_say_so_too(
    held: Order, cadre: Cadre, django_assert_max_num_queries: Any
) -> None:
    client = cadre("430212101001")
    with django_assert_max_num_queries(30):
        page = client.get(reverse("cadre:aid-sales"), ASKED).content.decode()
    assert words(held) in page
    file = client.get(reverse("cadre:aid-sales-export"), ASKED).content
    [producers, _] = load_workbook(BytesIO(file)).worksheets
    assert words(held) in [row[0] for row in producers.iter_rows(values_only=True)]
