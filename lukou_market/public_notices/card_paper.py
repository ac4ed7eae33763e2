"""Statement cards on paper: A4, large print, one card on each page."""

from collections.abc import Sequence

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from lukou_market.kernel.chinese_font import registered_font
from lukou_market.public_notices.card_text import CardText
from lukou_market.reports.paper import Table
from lukou_market.reports.paper_layout import LEADING, PADDING, fit_columns, wrapped
from lukou_market.reports.paper_sheet import MARGIN, Sheets, row_height

_HEAD_SIZES = (24.0, 16.0, 13.0, 13.0)
_SUM, _LABEL, _HEADING, _FOOT = 17.0, 11.0, 14.0, 10.5
_TABLE_SIZES = (13.0, 12.0, 11.0, 10.0, 9.0)
_QR_SIDE, _BOX_HIGH, _GAP = 34 * mm, 17 * mm, 4 * mm
_LOWEST, _SIGNED_HIGH = 12 * mm, 16 * mm


def card_paper(*, title: str, cards: Sequence[CardText]) -> bytes:
    """The PDF; the same cards give the same bytes."""
    with registered_font(title + "".join(card.letters for card in cards)) as font:
        sheets = Sheets(font, (float(A4[0]), float(A4[1])))
        for n, card in enumerate(cards):
            if n:
                sheets.begin_page()
            _draw(sheets, card)
        return sheets.drawn(title, "", numbered=False)


def _draw(sheets: Sheets, card: CardText) -> None:
    _draw_head(sheets, card)
    _draw_sums(sheets, card.sums)
    floor = _draw_foot(sheets, card) + _GAP
    for table in card.tables:
        if table.rows:
            _draw_table(sheets, table, floor, card.more)


def _draw_head(sheets: Sheets, card: CardText) -> None:
    top, right = sheets.y, MARGIN + sheets.width
    sheets.qr(card.address, right - _QR_SIDE, top - _QR_SIDE, _QR_SIDE)
    sheets.text(right, top - _QR_SIDE - _LABEL, _LABEL, card.number, right=True)
    for text, size in zip(card.head, _HEAD_SIZES, strict=True):
        sheets.paragraph(text, size, sheets.width - _QR_SIDE - _GAP)
    sheets.y = min(sheets.y, top - _QR_SIDE - 1.5 * _LABEL) - _GAP


def _draw_sums(sheets: Sheets, sums: Sequence[tuple[str, str]]) -> None:
    wide = sheets.width / len(sums)
    for n, (words, amount) in enumerate(sums):
        left = MARGIN + n * wide
        sheets.frame(left, sheets.y - _BOX_HIGH, wide, _BOX_HIGH)
        for row, text in enumerate(wrapped(words, sheets.font, _LABEL, wide - 2 * PADDING)):
            sheets.text(left + PADDING, sheets.y - (row + 1) * _LABEL * 1.15, _LABEL, text)
        foot = sheets.y - _BOX_HIGH + 2 * PADDING
        sheets.text(left + wide - PADDING, foot, _SUM, amount, right=True)
    sheets.y -= _BOX_HIGH


def _draw_foot(sheets: Sheets, card: CardText) -> float:
    """At the bottom of the page; how high up it reaches."""
    wide = sheets.width / len(card.signed)
    for n, words in enumerate(card.signed):
        sheets.text(MARGIN + n * wide, _LOWEST, _LABEL, f"{words}：")
    rows = [row for text in card.foot for row in wrapped(text, sheets.font, _FOOT, sheets.width)]
    top: float = _LOWEST + _SIGNED_HIGH + len(rows) * _FOOT * LEADING
    for n, row in enumerate(rows, 1):
        sheets.text(MARGIN, top - n * _FOOT * LEADING, _FOOT, row)
    return top


def _draw_table(sheets: Sheets, table: Table, floor: float, more: str) -> None:
    """As many rows as find room above `floor`."""
    size, widths = fit_columns(
        table.columns, table.rows, table.numeric_from, sheets.font, sheets.width, _TABLE_SIZES
    )
    lowest = floor + _HEADING * LEADING
    sheets.y -= _GAP
    if sheets.y - 3 * (_HEADING * LEADING + 2 * PADDING) < lowest:
        return
    sheets.paragraph(table.heading, _HEADING, sheets.width)
    sheets.y -= PADDING
    for n, texts in enumerate([table.columns, *table.rows]):
        row = [
            wrapped(text, sheets.font, size, width - 2 * PADDING)
            for text, width in zip(texts, widths, strict=True)
        ]
        if sheets.y - row_height(row, size) < lowest:
            sheets.paragraph(more, size, sheets.width)
            return
        if n == 0:
            sheets.band(row_height(row, size))
        sheets.row(row, widths, size, table.numeric_from)
