"""A report as a workbook: numbers as numbers, totals as formulas; row by row, however many."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell as XlsxCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from lukou_market.reports.display import Display
from lukou_market.reports.heading import Heading, titles_of
from lukou_market.reports.sheet import Cell, Row, Sheet, Unit

_BOLD, _TITLE = Font(bold=True), Font(bold=True, size=14)
_WIDE, _NARROW = 22, 15


def write_xlsx(
    path: Path, heading: Heading, sheet: Sheet, rows: Iterable[Row], display: Display
) -> None:
    """Write the workbook to `path`; `rows` are those of `sheet`, read once."""
    book = Workbook(write_only=True)
    page = book.create_sheet(heading.title[-31:].translate(_NO_NAME))
    first = len(heading.lines) + 3
    page.freeze_panes = f"B{first}"
    page.print_title_rows = f"{first - 1}:{first - 1}"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for n, column in enumerate(sheet.columns, 1):
        wide = _WIDE if column.unit is Unit.TEXT else _NARROW
        page.column_dimensions[get_column_letter(n)].width = wide
    page.append([_text(page, heading.title, _TITLE)])
    for line in heading.lines:
        page.append([_text(page, line)])
    page.append([_text(page, title, _BOLD) for title in titles_of(sheet, display)])
    # One cell a column, filled anew for each row: a row is written as it is appended.
    cells = [_cell(page, column.unit, display) for column in sheet.columns]
    last = first - 1
    for row in rows:
        for cell, value, column in zip(cells, row.cells, sheet.columns, strict=True):
            _fill(cell, value, column.unit, display)
        page.append(cells)
        last += 1
    if sheet.totals and last >= first:
        page.append(_totals(page, sheet, display, first, last))
    if sheet.before:
        for cell, value, column in zip(cells, sheet.before, sheet.columns, strict=True):
            _fill(cell, value, column.unit, display)
        page.append(cells)
    book.save(path)


_NO_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def _text(page: Any, text: str, font: Font | None = None) -> XlsxCell:
    cell = WriteOnlyCell(page)
    _fill(cell, text, Unit.TEXT, Display())
    if font:
        cell.font = font
    return cell


def _cell(page: Any, unit: Unit, display: Display) -> XlsxCell:
    cell = WriteOnlyCell(page)
    if unit is not Unit.TEXT:
        places = display.places(unit)
        cell.number_format = f"#,##0.{'0' * places}" if places else "#,##0"
    return cell


def _fill(cell: XlsxCell, value: Cell, unit: Unit, display: Display) -> None:
    if isinstance(value, int):
        number: Decimal = display.number(value, unit)
        cell.value = number
    elif value is None:
        cell.value = None
    else:
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        # A name that begins with "=" is a name, not a formula.
        cell.data_type = "s"


def _totals(page: Any, sheet: Sheet, display: Display, first: int, last: int) -> Sequence[XlsxCell]:
    cells = []
    for n, (column, total) in enumerate(zip(sheet.columns, sheet.totals, strict=True), 1):
        cell = _cell(page, column.unit, display)
        if column.adds_up and isinstance(total, int):
            letter = get_column_letter(n)
            cell.value = f"=SUM({letter}{first}:{letter}{last})"
        else:
            _fill(cell, total, column.unit, display)
        cell.font = _BOLD
        cells.append(cell)
    return cells
