"""A report as rows under columns, before it is a page, a workbook or paper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.functional import Promise

Cell = str | int | None
"""A text, or an integer in the column's unit; None where there is nothing to say."""


class Unit(Enum):
    """What a column's cells are."""

    TEXT = "text"
    FEN = "fen"
    GRAMS = "grams"
    COUNT = "count"
    BP = "bp"
    """Hundredths of a percent."""


@dataclass(frozen=True, slots=True)
class Column:
    """`adds_up`: the total is the sum of the rows; others have a total of their own, or none."""

    title: str | Promise
    unit: Unit = Unit.TEXT
    adds_up: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """`about` is the row of a register that the figures lead on to."""

    cells: Sequence[Cell]
    about: Any = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Texts first, then figures; `rows` may be read only once where there are very many."""

    columns: Sequence[Column]
    rows: Iterable[Row]
    totals: Sequence[Cell] = ()
    before: Sequence[Cell] = ()
    """The totals of the period of the same length before, where they are comparable."""
    notes: Sequence[str] = ()
    """What is beside the figures: held back, or not known."""

    @property
    def numeric_from(self) -> int:
        """The first column of figures."""
        return sum(column.unit is Unit.TEXT for column in self.columns)


def added_up(columns: Sequence[Column], rows: Sequence[Row], word: str) -> list[Cell]:
    """`word`, then the sum of each column that adds up."""
    sums: list[Cell] = [word]
    for n, column in enumerate(columns[1:], 1):
        if column.unit is Unit.TEXT:
            sums.append("")
        else:
            figures = (row.cells[n] for row in rows)
            total = sum(figure for figure in figures if isinstance(figure, int))
            sums.append(total if column.adds_up else None)
    return sums


def part_bp(part: int, whole: int) -> int | None:
    """`part` of `whole`, rounded half up; None of nothing."""
    return (2 * part * 10_000 + whole) // (2 * whole) if whole > 0 else None
