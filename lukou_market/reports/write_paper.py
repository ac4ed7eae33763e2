"""A report on paper: what it says is hashed, and the hash leads to where it is verified."""

from collections.abc import Iterable
from pathlib import Path

from lukou_market.reports.display import Display
from lukou_market.reports.heading import Heading, titles_of
from lukou_market.reports.paper import Table, write_pdf
from lukou_market.reports.sheet import Cell, Row, Sheet
from lukou_market.reports.verify_address import verify_address


def write_paper(
    path: Path,
    heading: Heading,
    sheet: Sheet,
    rows: Iterable[Row],
    display: Display,
    *,
    content_sha256: str,
) -> None:
    """Write the PDF to `path`."""
    units = [column.unit for column in sheet.columns]

    def texts(row: Iterable[Cell]) -> list[str]:
        return [display.text(cell, unit) for cell, unit in zip(row, units, strict=True)]

    table = Table(
        "",
        titles_of(sheet, display),
        [*(texts(row.cells) for row in rows), *([texts(sheet.before)] if sheet.before else [])],
        sheet.numeric_from,
        texts(sheet.totals) if sheet.totals else None,
    )
    pdf = write_pdf(
        title=heading.title,
        lines=heading.lines,
        tables=[table],
        sha256=content_sha256,
        verify_url=verify_address(content_sha256),
    )
    path.write_bytes(pdf)
