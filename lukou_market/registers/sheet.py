"""A register's spreadsheet: its columns, the template to fill in, and what a filled one says."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, BinaryIO
from zipfile import ZipFile

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from lukou_market.kernel.spreadsheet import (
    Fault,
    NoSpreadsheetError,
    UnpacksTooBigError,
    open_book,
    text_of,
)
from lukou_market.registers.cells import Reader, Wrong, halved
from lukou_market.registers.errors import (
    CellsMerged,
    NotASheet,
    SheetEmpty,
    SheetTooBig,
    TitlesDiffer,
)

MOST_BYTES = 5_000_000
MOST_ROWS = 5_000
_MOST_COLUMNS = 40
_MERGED = re.compile(rb'<mergeCell [^>]*ref="([A-Z0-9:]+)"')
_VALUES = "填写说明"


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its title; `words` are the values it allows, if they can be listed."""

    title: str
    read: Reader
    required: bool = True
    words: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row without faults: values by title, None where nothing is written."""

    number: int
    values: Mapping[str, Any]

    def __getitem__(self, title: str) -> Any:
        return self.values[title]


@dataclass(slots=True)
class Sheet:
    """What a file says. `notices` tell what was read otherwise than it was written."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notices: list[Fault] = field(default_factory=list)


def template(columns: Sequence[Column]) -> bytes:
    """Titles over columns of text, lists to choose from, and a second sheet that explains them."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "数据"
    sheet.append([column.title for column in columns])
    said = book.create_sheet(_VALUES)
    said.append(["列", "必填", "可填的值", "说明"])
    for n, column in enumerate(columns, 1):
        cell = sheet.cell(1, n)
        cell.font = Font(bold=True)
        letter = get_column_letter(n)
        sheet.column_dimensions[letter].width = max(12, 2 * len(column.title) + 4)
        sheet.column_dimensions[letter].number_format = "@"
        said.append(
            [column.title, "是" if column.required else "", "、".join(column.words), column.note]
        )
        if 0 < len(",".join(column.words)) < 250:
            listed = DataValidation(
                "list", formula1=f'"{",".join(column.words)}"', allow_blank=True
            )
            listed.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
            sheet.add_data_validation(listed)
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCD", (20, 8, 60, 60), strict=True):
        said.column_dimensions[letter].width = width
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def filled(columns: Sequence[Column], rows: Sequence[Mapping[str, str]]) -> bytes:
    """The template with these rows in it, all as text."""
    from_template = Workbook()
    sheet = from_template.worksheets[0]
    sheet.append([column.title for column in columns])
    for row in rows:
        sheet.append([row.get(column.title) or None for column in columns])
        for cell in sheet[sheet.max_row]:
            cell.data_type, cell.number_format = "s", "@"
    out = BytesIO()
    from_template.save(out)
    return out.getvalue()


def read_sheet(file: BinaryIO, columns: Sequence[Column]) -> Sheet:
    """Every filled row, read or with what is wrong in it.

    Raises NotASheet, SheetTooBig, CellsMerged, TitlesDiffer, SheetEmpty.
    """
    raw = _raw_rows(file)
    titles = [halved(cell.value).replace(" ", "") for cell in raw[0]]
    wanted = [halved(column.title) for column in columns]
    if missing := [
        c.title for c, title in zip(columns, wanted, strict=True) if title not in titles
    ]:
        raise TitlesDiffer(missing=missing)
    places = [titles.index(title) for title in wanted]
    sheet = Sheet()
    for number, cells in enumerate(raw[1:], 2):
        if any(text_of(cell.value) for cell in cells):
            _read_row(sheet, number, cells, list(zip(columns, places, strict=True)))
    if not sheet.rows and not sheet.faults:
        raise SheetEmpty
    if len(sheet.rows) > MOST_ROWS:
        raise SheetTooBig
    return sheet


def _raw_rows(file: BinaryIO) -> list[Sequence[Any]]:
    if file.seek(0, 2) > MOST_BYTES:
        raise SheetTooBig
    file.seek(0)
    try:
        book = open_book(file, values_only=False)
        file.seek(0)
        if merged := _merged(file):
            raise CellsMerged(cells=merged)
        file.seek(0)
        cells = book.worksheets[0].iter_rows(max_row=2 * MOST_ROWS, max_col=_MOST_COLUMNS)
        rows: list[Sequence[Any]] = list(cells)
    except UnpacksTooBigError as huge:
        raise SheetTooBig from huge
    except (CellsMerged, NotASheet):
        raise
    except Exception as broken:  # whatever a file that only looks like a spreadsheet does to it
        raise NotASheet from broken
    if not rows or not rows[0]:
        raise NotASheet
    return rows


def _merged(file: BinaryIO) -> list[str]:
    """The first merged ranges of the first sheet; reading row by row doesn't show them."""
    with ZipFile(file) as archive:
        names = sorted(n for n in archive.namelist() if n.startswith("xl/worksheets/sheet"))
        found = _MERGED.findall(archive.read(names[0])) if names else []
    return [each.decode() for each in found[:5]]


def _read_row(
    sheet: Sheet, number: int, cells: Sequence[Any], columns: Sequence[tuple[Column, int]]
) -> None:
    values: dict[str, Any] = {}
    wrong = len(sheet.faults)
    for column, place in columns:
        cell = cells[place] if place < len(cells) else None
        raw = getattr(cell, "value", None)
        if getattr(cell, "data_type", "") == "f":
            sentence = _("A formula. Copy the cell and paste it as a value.")
            sheet.faults.append(Fault(number, column.title, sentence))
        elif not text_of(raw):
            values[column.title] = None
            if column.required:
                sheet.faults.append(Fault(number, column.title, _("Fill this in.")))
        else:
            try:
                values[column.title] = column.read(raw)
            except Wrong as fault:
                sheet.faults.append(Fault(number, column.title, str(fault)))
            else:
                sheet.notices += _notices(number, column.title, raw)
    if len(sheet.faults) == wrong:
        sheet.rows.append(Row(number, values))


def _notices(number: int, title: str, raw: Any) -> Iterator[Fault]:
    if not isinstance(raw, str):
        return
    if raw != " ".join(raw.split()):
        yield Fault(number, title, _("Spaces or line breaks were left out."))
    if re.search(r"[０-９Ａ-Ｚａ-ｚ]", raw):
        yield Fault(number, title, _("Full-width letters or digits were read as half-width."))


__all__ = [
    "MOST_BYTES", "Column", "Fault", "NoSpreadsheetError", "Row", "Sheet", "filled", "read_sheet",
    "template",
]  # fmt: skip
