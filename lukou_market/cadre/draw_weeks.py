"""Weeks as bars: what was sold goes up from the line, what went back goes down."""

from collections.abc import Sequence
from dataclasses import dataclass

from lukou_market.cadre.draw_places import Canvas
from lukou_market.cadre.sales_trend import Week
from lukou_market.cadre.short_amounts import short_yuan

WIDE = Canvas(960, 240, (13,))
NARROW = Canvas(360, 220, (12,))
_TOP, _FOOT = 24.0, 24.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A week's two rectangles; `label` below it where there is room for one."""

    week: Week
    sold: dict[str, str]
    returned: dict[str, str]
    end: str
    label: str


@dataclass(frozen=True, slots=True)
class Bars:
    """The drawing: its bars, the line they stand on, and what the highest one is worth."""

    canvas: Canvas
    bars: Sequence[Bar]
    line: str
    foot: str
    highest: str


def draw_weeks(weeks: Sequence[Week], canvas: Canvas, *, label_every: int) -> Bars | None:
    """None where nothing was sold and nothing went back."""
    up = max((week.gross_fen for week in weeks), default=0)
    down = max((week.refunded_fen for week in weeks), default=0)
    if not up + down:
        return None
    scale = (canvas.height - _TOP - _FOOT) / (up + down)
    line, step = _TOP + up * scale, canvas.width / len(weeks)
    labelled = range(len(weeks) - 1, -1, -label_every)
    bars = [
        Bar(
            week,
            _box(n * step, line - week.gross_fen * scale, step, week.gross_fen * scale),
            _box(n * step, line, step, week.refunded_fen * scale),
            f"{(n + 1) * step:.1f}",
            f"{week.monday.month}-{week.monday.day}" if n in labelled else "",
        )
        for n, week in enumerate(weeks)
    ]
    return Bars(canvas, bars, f"{line:.1f}", f"{canvas.height - 7:.1f}", short_yuan(up))


def _box(x: float, y: float, step: float, height: float) -> dict[str, str]:
    values = (x + step * 0.15, y, step * 0.7, height)
    return dict(zip(("x", "y", "width", "height"), (f"{v:.1f}" for v in values), strict=True))
