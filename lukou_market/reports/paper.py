"""Paper for reports, notices and statements: A4 with Chinese, page n of m, a hash and a QR code.

The same content gives the same bytes, so that a file can be made again and compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm

from lukou_market.kernel.chinese_font import registered_font
from lukou_market.reports.paper_layout import (
    LEADING,
    PADDING,
    fit_columns,
    natural_widths,
    wrapped,
)
from lukou_market.reports.paper_sheet import MARGIN, Sheets, page_of_pages, row_height

_QR_SIDE, _GAP = 26 * mm, 5 * mm
_STAMP_WIDE, _STAMP_HIGH = 60 * mm, 34 * mm
_TITLE, _LINE, _HEADING, _SCAN = 16.0, 9.0, 11.0, 7.0


@dataclass(frozen=True, slots=True)
class Table:
    """Texts, then from column `numeric_from` on figures, which end at the right."""

    heading: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric_from: int
    totals: Sequence[str] | None = None

    @property
    def all_rows(self) -> list[Sequence[str]]:
        """The totals as the last one."""
        return [*self.rows, *([self.totals] if self.totals else [])]


def write_pdf(
    *, title: str, lines: Sequence[str], tables: Sequence[Table], sha256: str, verify_url: str
) -> bytes:
    """The paper; `lines` say what the figures count; without `verify_url` there is no QR code."""
    with registered_font(_letters(title, lines, tables)) as font:
        sheets = Sheets(font, _page_size(tables, font))
        _write_head(sheets, title, lines, verify_url)
        for table in tables:
            _write_table(sheets, table)
        _write_stamp(sheets)
        return sheets.drawn(title, sha256)


def _signers() -> list[str]:
    return [_("Prepared by:"), _("Reviewed by:"), _("Approved by:")]


def _letters(title: str, lines: Sequence[str], tables: Sequence[Table]) -> str:
    words = [*_signers(), _("(Stamp)"), _("Scan to verify"), page_of_pages(1, 1)]
    letters = {*title, *"".join(lines), *"".join(words)}
    for table in tables:
        letters.update(table.heading, *table.columns)
        for row in table.all_rows:
            letters.update(*row)
    return "".join(letters)


def _page_size(tables: Sequence[Table], font: str) -> tuple[float, float]:
    """Upright, or lying where a table is too wide for that."""
    room = A4[0] - 2 * MARGIN
    needs = [
        sum(natural_widths(table.columns, table.all_rows, table.numeric_from, font, _LINE))
        for table in tables
    ]
    width, height = landscape(A4) if max(needs, default=0.0) > room else A4
    return float(width), float(height)


def _write_head(sheets: Sheets, title: str, lines: Sequence[str], verify_url: str) -> None:
    width = sheets.width
    if verify_url:
        width -= _QR_SIDE + _GAP
        left, foot = MARGIN + width + _GAP, sheets.y - _QR_SIDE
        sheets.qr(verify_url, left, foot, _QR_SIDE)
        sheets.text(left + _QR_SIDE, foot - _SCAN, _SCAN, _("Scan to verify"), right=True)
    lowest = sheets.y - (_QR_SIDE + 2 * _SCAN if verify_url else 0)
    sheets.paragraph(title, _TITLE, width)
    sheets.y -= 2 * mm
    for line in lines:
        sheets.paragraph(line, _LINE, width)
    if len(sheets.pages) == 1:
        sheets.y = min(sheets.y, lowest)


def _write_table(sheets: Sheets, table: Table) -> None:
    size, widths = fit_columns(
        table.columns, table.all_rows, table.numeric_from, sheets.font, sheets.width
    )

    def cells(row: Sequence[str]) -> list[list[str]]:
        return [
            wrapped(text, sheets.font, size, width - 2 * PADDING)
            for text, width in zip(row, widths, strict=True)
        ]

    def write(row: list[list[str]], *, ground: bool) -> None:
        if ground:
            sheets.band(row_height(row, size))
        sheets.row(row, widths, size, table.numeric_from)

    sheets.y -= 4 * mm
    head = cells(table.columns)
    begins = row_height(head, size) + 2 * (size * LEADING + 2 * PADDING)
    sheets.make_room(begins + (_HEADING * LEADING if table.heading else 0))
    if table.heading:
        sheets.paragraph(table.heading, _HEADING, sheets.width)
        sheets.y -= 1.5 * mm
    write(head, ground=True)
    for texts in table.all_rows:
        row = cells(texts)
        if sheets.make_room(row_height(row, size)):
            write(head, ground=True)
        write(row, ground=texts is table.totals)


def _write_stamp(sheets: Sheets) -> None:
    """Who answers for the paper, and the place for the stamp."""
    sheets.make_room(_STAMP_HIGH + 6 * mm)
    top = sheets.y - 6 * mm
    for n, signer in enumerate(_signers()):
        sheets.text(MARGIN, top - 4 * mm - n * 12 * mm, _LINE, signer)
    left = MARGIN + sheets.width - _STAMP_WIDE
    sheets.frame(left, top - _STAMP_HIGH, _STAMP_WIDE, _STAMP_HIGH)
    sheets.text(left + 2 * mm, top - 5 * mm, _LINE, _("(Stamp)"))
    sheets.y = top - _STAMP_HIGH
