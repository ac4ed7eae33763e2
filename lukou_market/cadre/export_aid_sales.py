"""The aid-sales report as a workbook: real numbers in yuan, totals as formulas."""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from lukou_market.cadre.basis import CREDITS, SALES
from lukou_market.households.models import IncomeKind
from lukou_market.orders.models import Channel
from lukou_market.reports.aid_sales import AidSales
from lukou_market.reports.figures import Credits, Sales
from lukou_market.reports.held_apart import held_apart
from lukou_market.reports.question import Question

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_YUAN = "#,##0.00"
_BOLD = Font(bold=True)

Row = tuple[list[str], list[int]]
"""Texts, then amounts in fen."""


def export_aid_sales(report: AidSales) -> bytes:
    """The workbook of `report`: one sheet of regions, or one of producers and one of households."""
    book = Workbook()
    book.remove(book.worksheets[0])
    of_sales = [SALES, *held_apart(report.question)]
    sales = [_("Gross sales"), _("Refunds"), _("Net sales"), _("Pending sales")]
    credits_ = [_("Credited"), _("Pending credits"), _("Paid out")]
    if report.is_village:
        _write(
            book.create_sheet(_("Producers")), report, of_sales, [_("Producer"), _("Kind")], sales,
            [([r.producer.name, r.producer.get_kind_display()], _sales(r.sales))
             for r in report.producers],
        )  # fmt: skip
        _write(
            book.create_sheet(_("Households")), report, [CREDITS],
            [_("Household number"), _("Head of household"), _("Category")],
            [*(str(label) for label in IncomeKind.labels), *credits_],
            [([r.household.number, r.head, r.household.get_category_display()],
              [*r.credits.kinds_fen, *_credits(r.credits)])
             for r in report.households],
        )  # fmt: skip
    else:
        _write(
            book.create_sheet(_("Aid sales")), report, [*of_sales, CREDITS],
            [_("Region"), _("Division code")], [*sales, *credits_],
            [([r.region.name, r.region.code], [*_sales(r.sales), *_credits(r.credits)])
             for r in report.regions],
        )  # fmt: skip
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _sales(sales: Sales) -> list[int]:
    return [sales.gross_fen, sales.refunded_fen, sales.net_fen, sales.pending_fen]


def _credits(credits_: Credits) -> list[int]:
    return [credits_.credited_fen, credits_.pending_fen, credits_.paid_fen]


def _write(
    sheet: Worksheet,
    report: AidSales,
    basis: Sequence[object],
    texts: list[str],
    amounts: list[str],
    rows: list[Row],
) -> None:
    for line in (_heading(report.question), _terms(report), *map(str, basis)):
        sheet.append([line])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append([*texts, *amounts])
    header = sheet.max_row
    for names, amounts_fen in rows:
        sheet.append([*names, *(Decimal(fen) / 100 for fen in amounts_fen)])
        for column in range(len(texts)):
            _as_text(sheet.cell(sheet.max_row, column + 1))
    _add_totals(sheet, header, len(texts), len(amounts))
    _lay_out(sheet, header, len(texts), len(amounts))


def _heading(question: Question) -> str:
    region, chain = question.region, [question.region.name]
    while region.parent:
        region = region.parent
        chain.insert(0, region.name)
    return f"{_('Aid sales')} {' '.join(chain)}"


def _terms(report: AidSales) -> str:
    question = report.question
    channel = Channel(question.channel).label if question.channel else _("All channels")
    return _("Period %(first)s to %(last)s · %(channel)s · in yuan · as of %(as_of)s") % {
        "first": f"{question.first_month:%Y-%m}",
        "last": f"{question.last_month:%Y-%m}",
        "channel": channel,
        "as_of": f"{timezone.localtime(report.as_of):%Y-%m-%d %H:%M:%S}",
    }


def _as_text(cell: object) -> None:
    # A name that begins with "=" is a name, not a formula.
    if isinstance(cell, Cell):
        cell.data_type = "s"


def _add_totals(sheet: Worksheet, header: int, texts: int, amounts: int) -> None:
    last = sheet.max_row
    if last == header:
        return
    sheet.cell(last + 1, 1, _("Total")).font = _BOLD
    for column in range(texts + 1, texts + amounts + 1):
        letter = get_column_letter(column)
        total = f"=SUM({letter}{header + 1}:{letter}{last})"
        sheet.cell(last + 1, column, total).font = _BOLD


def _lay_out(sheet: Worksheet, header: int, texts: int, amounts: int) -> None:
    for column in range(1, texts + amounts + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 22 if column == 1 else 16
        title = sheet.cell(header, column)
        title.font = _BOLD
        if column > texts:
            title.alignment = Alignment(horizontal="right")
            for row in range(header + 1, sheet.max_row + 1):
                sheet.cell(row, column).number_format = _YUAN
    sheet.freeze_panes = f"B{header + 1}"
    sheet.print_title_rows = f"{header}:{header}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
