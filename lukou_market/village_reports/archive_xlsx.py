"""A report as a workbook: amounts are numbers in yuan, totals are formulas."""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from lukou_market.village_reports.sheets import Sheet

_YUAN = "#,##0.00"
_BOLD = Font(bold=True)


def write_xlsx(*, title: str, lines: Sequence[str], sheets: Sequence[Sheet]) -> bytes:
    """A cover sheet with the lines, and one sheet for each table."""
    book = Workbook()
    cover = book.worksheets[0]
    cover.title = _("Village report")
    for row, text in enumerate((title, *lines), start=1):
        _write_text(cover, row, 1, text)
    cover["A1"].font = Font(bold=True, size=14)
    cover.column_dimensions["A"].width = 100
    for sheet in sheets:
        _write(book.create_sheet(sheet.heading), sheet)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _write(page: Worksheet, sheet: Sheet) -> None:
    for column, title in enumerate([*sheet.texts, *sheet.amounts], start=1):
        cell = page.cell(1, column, title)
        cell.font = _BOLD
        if column > len(sheet.texts):
            cell.alignment = Alignment(horizontal="right")
        page.column_dimensions[get_column_letter(column)].width = 22
    for row, line in enumerate(sheet.lines, start=2):
        for column, text in enumerate(line.texts, start=1):
            _write_text(page, row, column, text)
        for column, fen in enumerate(line.amounts_fen, start=len(sheet.texts) + 1):
            page.cell(row, column, Decimal(fen) / 100).number_format = _YUAN
    last = len(sheet.lines) + 1
    page.cell(last + 1, 1, _("Total")).font = _BOLD
    for column in range(len(sheet.texts) + 1, len(sheet.texts) + len(sheet.amounts) + 1):
        letter = get_column_letter(column)
        cell = page.cell(last + 1, column, f"=SUM({letter}2:{letter}{last})")
        cell.font, cell.number_format = _BOLD, _YUAN
    page.freeze_panes = "B2"
    page.page_setup.orientation = "landscape"


def _write_text(page: Worksheet, row: int, column: int, text: str) -> None:
    # A name that begins with "=" is a name, not a formula.
    page.cell(row, column, text).data_type = "s"
