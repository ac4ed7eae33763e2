"""A treemap as plain geometry: every rectangle's area is its value's part of the whole.

Squarified (Bruls, Huizing and van Wijk, 2000): rows are filled along the shorter side as long
as that makes their tiles squarer.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rect:
    """In units of the drawing; y grows downwards."""

    x: float
    y: float
    width: float
    height: float


def squarify(values: Sequence[int], room: Rect) -> list[Rect]:
    """One rectangle for each of `values` (positive, largest first), filling the room."""
    tiles: list[Rect] = []
    left, free = list(values), room
    while left:
        scale = free.width * free.height / sum(left)
        row = _row(left, min(free.width, free.height), scale)
        placed, free = _place(row, free, scale)
        tiles += placed
        left = left[len(row) :]
    return tiles


def _row(values: Sequence[int], side: float, scale: float) -> Sequence[int]:
    """As many of the values as make the row's worst tile no longer than it was."""
    count = 1
    while count < len(values) and _worst(values[: count + 1], side, scale) <= _worst(
        values[:count], side, scale
    ):
        count += 1
    return values[:count]


def _worst(row: Sequence[int], side: float, scale: float) -> float:
    """The proportion of the row's longest tile."""
    depth = sum(row) * scale / side
    sides = [value * scale / depth for value in (row[0], row[-1])]
    return max(max(depth / one, one / depth) for one in sides)


def _place(row: Sequence[int], free: Rect, scale: float) -> tuple[list[Rect], Rect]:
    """The row's tiles along the shorter side, and the room beside them."""
    tall = free.height <= free.width
    depth = sum(row) * scale / (free.height if tall else free.width)
    tiles, at = [], free.y if tall else free.x
    for value in row:
        length = value * scale / depth
        tiles.append(Rect(free.x, at, depth, length) if tall else Rect(at, free.y, length, depth))
        at += length
    if tall:
        return tiles, Rect(free.x + depth, free.y, free.width - depth, free.height)
    return tiles, Rect(free.x, free.y + depth, free.width, free.height - depth)
