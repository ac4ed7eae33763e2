"""The exported workbook says what the page says, in numbers a spreadsheet can add."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from lukou_market.aid.models import HouseholdTotal, ProducerTotal
from tests.factories import make_household, make_producer, make_region

Cadre = Callable[[str], Client]
ASKED = {"from": "2026-06", "to": "2026-06"}


@pytest.fixture(autouse=True)
def totals(db: None) -> None:
    """Amounts that binary fractions can't hold, and a name that looks like a formula."""
    for step in range(1, 4):
        village = make_region(f"43021210100{step}")
        producer = make_producer(f"=SUM({step})", village)
        household = make_household(f"H{step}", village)
        ProducerTotal.objects.create(
            producer=producer, month=date(2026, 6, 1), channel="livestream",
            gross_fen=1_000_010 * step, refunded_fen=30, pending_fen=7,
        )  # fmt: skip
        HouseholdTotal.objects.create(
            household=household, month=date(2026, 6, 1), channel="livestream",
            income_kind="business", credited_fen=33_333 * step, pending_fen=1,
        )  # fmt: skip


def export(client: Client, region: str) -> Workbook:
    response = client.get(reverse("cadre:aid-sales-export"), {"region": region, **ASKED})
    assert f'filename="aid-sales-{region}-202606-202606.xlsx"' in response["Content-Disposition"]
    return load_workbook(BytesIO(response.content))


def totals_of(sheet: Worksheet) -> list[float]:
    """What the formulas of the last row add up to, column by column."""
    sums = []
    for cell in sheet[sheet.max_row]:
        if isinstance(cell.value, str) and cell.value.startswith("=SUM("):
            first, last = cell.value.removeprefix("=SUM(").removesuffix(")").split(":")
            column = [row[0].value for row in sheet[first:last]]
            assert all(isinstance(value, int | float) for value in column)
            sums.append(round(sum(column), 2))
    return sums


def test_the_workbook_adds_up_to_the_totals_of_the_page(cadre: Cadre) -> None:
    client, region = cadre("430212101000"), "430212101000"
    page = client.get(reverse("cadre:aid-sales"), {"region": region, **ASKED})
    sales, credits_ = page.context["report"].sales, page.context["report"].credits
    [sheet] = export(client, region).worksheets
    fen = [sales.gross_fen, sales.refunded_fen, sales.net_fen, sales.pending_fen,
           credits_.credited_fen, credits_.pending_fen, credits_.paid_fen]  # fmt: skip
    assert totals_of(sheet) == [amount / 100 for amount in fen]
    assert fen == [6_000_060, 90, 5_999_970, 21, 199_998, 3, 0]


def test_the_header_says_what_the_figures_are(cadre: Cadre) -> None:
    [sheet] = export(cadre("430212101000"), "430212101000").worksheets
    block = [str(sheet.cell(row, 1).value) for row in range(1, 5)]
    assert "区划430212101000" in block[0]
    assert "2026-06" in block[1]
    assert block[2:] == [str(line) for line in _basis(cadre)]
    assert sheet.freeze_panes == "B6"
    assert sheet["C6"].number_format == "#,##0.00"


def test_a_village_has_a_sheet_of_producers_and_one_of_households(cadre: Cadre) -> None:
    producers, households = export(cadre("430212101002"), "430212101002").worksheets
    assert totals_of(producers) == [20000.2, 0.3, 19999.9, 0.07]
    assert totals_of(households) == [0, 666.66, 0, 0, 666.66, 0.01, 0]
    assert households["B5"].value == "李**"


def test_names_are_text_even_when_they_look_like_formulas(cadre: Cadre) -> None:
    producers, _households = export(cadre("430212101002"), "430212101002").worksheets
    assert (producers["A5"].value, producers["A5"].data_type) == ("=SUM(2)", "s")


def _basis(cadre: Cadre) -> list[object]:
    page = cadre("430212101001").get(reverse("cadre:aid-sales"))
    return list(page.context["basis"].values())
