"""How texts and columns fit on paper: where lines break, how wide columns are. In points."""

import re
from collections.abc import Sequence
from functools import lru_cache

from reportlab.pdfbase.pdfmetrics import stringWidth

PADDING, LEADING = 3.0, 1.35
_SIZES = (9.0, 8.0, 7.0, 6.0)
_WIDEST, _NARROWEST = 170.0, 36.0
_PIECES = re.compile(r"[\x21-\x7e]+|.", re.DOTALL)


def wrapped(text: str, font: str, size: float, width: float) -> list[str]:
    """The lines of `text`: Chinese may be broken anywhere, a Latin word only where it must."""
    rows = [""]
    for piece in _PIECES.findall(text):
        parts = [piece] if stringWidth(piece, font, size) <= width else list(piece)
        for part in parts:
            if part == "\n" or stringWidth(rows[-1] + part, font, size) > width:
                rows.append("")
            rows[-1] += part.lstrip() if not rows[-1] else part
    return [row.rstrip() for row in rows]


def natural_widths(
    columns: Sequence[str], rows: Sequence[Sequence[str]], numeric_from: int, font: str, size: float
) -> list[float]:
    """How wide each column would like to be: no number is ever broken, a heading is once."""
    width = lru_cache(maxsize=4096)(lambda text: float(stringWidth(text, font, size)))
    widths = []
    for n, heading in enumerate(columns):
        cells = max((width(row[n]) for row in rows), default=0.0)
        if n >= numeric_from:
            widths.append(max(cells, width(heading) / 2 + size) + 2 * PADDING)
        else:
            widths.append(min(max(cells, width(heading)), _WIDEST) + 2 * PADDING)
    return widths


def fit_columns(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    numeric_from: int,
    font: str,
    available: float,
    sizes: Sequence[float] = _SIZES,
) -> tuple[float, list[float]]:
    """The size of letters and the widths of columns that fill `available`."""
    for size in sizes:
        widths = natural_widths(columns, rows, numeric_from, font, size)
        spare = available - sum(widths)
        if spare >= 0:
            return size, [width + spare / len(widths) for width in widths]
        gives = [max(width - _NARROWEST, 0.0) for width in widths[:numeric_from]]
        if sum(gives) >= -spare:
            part = -spare / sum(gives)
            narrow = [width - give * part for width, give in zip(widths, gives, strict=False)]
            return size, [*narrow, *widths[numeric_from:]]
    return size, [width * available / sum(widths) for width in widths]
