"""A report as comma-separated text that Excel opens in Chinese; row by row, however many."""

import csv
from collections.abc import Iterable
from pathlib import Path

from lukou_market.reports.display import Display
from lukou_market.reports.heading import Heading, titles_of
from lukou_market.reports.sheet import Cell, Row, Sheet, Unit

# What a spreadsheet would take for a formula.
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(
    path: Path, heading: Heading, sheet: Sheet, rows: Iterable[Row], display: Display
) -> None:
    """Write the file to `path`; `rows` are those of `sheet`, read once."""
    units = [column.unit for column in sheet.columns]

    def plain(cells: Iterable[Cell]) -> list[str]:
        return [_plain(cell, unit, display) for cell, unit in zip(cells, units, strict=True)]

    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([_defused(heading.title)])
        writer.writerows([_defused(line)] for line in heading.lines)
        writer.writerow([_defused(title) for title in titles_of(sheet, display)])
        writer.writerows(plain(row.cells) for row in rows)
        if sheet.totals:
            writer.writerow(plain(sheet.totals))
        if sheet.before:
            writer.writerow(plain(sheet.before))


def _plain(cell: Cell, unit: Unit, display: Display) -> str:
    if isinstance(cell, str):
        return _defused(cell)
    return "" if cell is None else display.text(cell, unit).replace(",", "")


def _defused(text: str) -> str:
    return f"'{text}" if text.startswith(_STARTS_FORMULA) else text
