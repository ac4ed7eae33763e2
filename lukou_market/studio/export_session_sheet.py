"""A session's sheet as a workbook: real numbers, the basis beside them."""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from lukou_market.kernel.weight import JIN_G
from lukou_market.studio.session_sheet import Funnel, SessionSheet
from lukou_market.studio.sheet_basis import AUDIENCE, FUNNEL, MONEY

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_COUNT, _YUAN, _WEIGHT = "#,##0", "#,##0.00", "#,##0.###"
_BOLD = Font(bold=True)

Number = tuple[int | Decimal, str]
"""A number and its format."""


def export_session_sheet(sheet: SessionSheet) -> bytes:
    """The workbook of `sheet`: a summary, its offers, its minutes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _write_summary(book.create_sheet(_("Session")), sheet)
    _write_table(
        book.create_sheet(_("Offers")), sheet, [_("Product"), _("Package"), _("Price (yuan)")],
        _funnel_titles(),
        [([str(offer.sku.product), offer.sku.name, _yuan(offer.price_fen)], _funnel(funnel))
         for offer, funnel in sheet.offers],
    )  # fmt: skip
    _write_table(
        book.create_sheet(_("Minutes")), sheet, [_("Minute")],
        [_("Watching at once"), _("Watched (s)"), _("New viewers"), *_funnel_titles()],
        [([f"{timezone.localtime(row.minute):%Y-%m-%d %H:%M}"],
          [(row.watching, _COUNT), (row.watched_s, _COUNT), (row.arrived, _COUNT),
           *_funnel(row.funnel)])
         for row in sheet.minutes],
    )  # fmt: skip
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _funnel_titles() -> list[str]:
    return [
        _("Taps"), _("Orders"), _("Paid orders"), _("Boxes"), _("Weight (kg)"), _("Weight (jin)"),
        _("Amount (yuan)"),
    ]  # fmt: skip


def _funnel(funnel: Funnel) -> list[Number]:
    return [
        (funnel.taps, _COUNT),
        (funnel.orders, _COUNT),
        (funnel.paid, _COUNT),
        (funnel.units, _COUNT),
        (Decimal(funnel.weight_g) / 1000, _WEIGHT),
        (Decimal(funnel.weight_g) / JIN_G, _WEIGHT),
        _yuan(funnel.amount_fen),
    ]


def _yuan(fen: int) -> Number:
    return Decimal(fen) / 100, _YUAN


def _write_summary(page: Worksheet, sheet: SessionSheet) -> None:
    _write_heading(page, sheet)
    figures: list[tuple[str, Number]] = [
        (_("Viewers"), (sheet.viewers, _COUNT)),
        (_("Most watching at once"), (sheet.peak, _COUNT)),
        (_("Watched (hours)"), (Decimal(sheet.watched_s) / 3600, _YUAN)),
        (_("Watched on average (s)"), (sheet.watched_each_s, _COUNT)),
        *zip(_funnel_titles(), _funnel(sheet.total), strict=True),
        (_("Buyers"), (sheet.buyers, _COUNT)),
        (_("Refunds (yuan)"), _yuan(sheet.refunded_fen)),
        (_("Net (yuan)"), _yuan(sheet.net_fen)),
    ]
    for label, number in figures:
        _append(page, [label], [number])
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 28, 16


def _write_heading(page: Worksheet, sheet: SessionSheet) -> None:
    session = sheet.session
    began = f"{timezone.localtime(session.started_at):%Y-%m-%d %H:%M}" if session.started_at else ""
    as_of = _("as of %(as_of)s") % {"as_of": f"{timezone.localtime(sheet.as_of):%Y-%m-%d %H:%M:%S}"}
    lines = [session.title, f"{session.host} · {began} · {as_of}", AUDIENCE, FUNNEL, MONEY]
    for line in lines:
        _append(page, [str(line)], [])
    page["A1"].font = Font(bold=True, size=14)


def _write_table(
    page: Worksheet,
    sheet: SessionSheet,
    texts: list[str],
    numbers: list[str],
    rows: Sequence[tuple[Sequence[str | Number], list[Number]]],
) -> None:
    _write_heading(page, sheet)
    page.append([*texts, *numbers])
    header = page.max_row
    for names, figures in rows:
        _append(page, names, figures)
    for column in range(1, len(texts) + len(numbers) + 1):
        page.column_dimensions[get_column_letter(column)].width = 22 if column == 1 else 14
        title = page.cell(header, column)
        title.font = _BOLD
        if column > len(texts):
            title.alignment = Alignment(horizontal="right")
    page.freeze_panes = f"B{header + 1}"
    page.print_title_rows = f"{header}:{header}"


def _append(page: Worksheet, texts: Sequence[str | Number], numbers: Sequence[Number]) -> None:
    cells = [*texts, *numbers]
    page.append([cell if isinstance(cell, str) else cell[0] for cell in cells])
    for column, content in enumerate(cells, 1):
        cell = page.cell(page.max_row, column)
        if isinstance(content, str) and isinstance(cell, Cell):
            cell.data_type = "s"  # a name that begins with "=" is a name, not a formula
        elif not isinstance(content, str):
            cell.number_format = content[1]
