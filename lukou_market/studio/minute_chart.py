"""Orders and people watching, minute by minute, as a drawing and as the table behind it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncMinute

from lukou_market.streams.models import LiveSession
from lukou_market.studio.figures import orders_that_count

_MOST_STEPS = 60  # a phone is 390 pixels wide
_WIDEST = 24
_MINUTE = timedelta(minutes=1)
WIDTH, HEIGHT = 360, 120


@dataclass(frozen=True, slots=True)
class Step:
    """One bar: `orders` placed during it, the most who watched at once; in the drawing's units."""

    starts: datetime
    orders: int
    watching: int
    x: int
    bar_y: int
    bar_height: int


@dataclass(frozen=True, slots=True)
class MinuteChart:
    """Steps of `minutes` each; `line` joins the numbers watching, as SVG's points."""

    steps: list[Step]
    minutes: int
    bar_width: int
    line: str
    most_orders: int
    most_watching: int


def minute_chart(session: LiveSession, *, now: datetime) -> MinuteChart | None:
    """The session from its start until it ended or `now`; None before it has begun."""
    if session.started_at is None:
        return None
    first = _minute(session.started_at)
    count = max((_minute(session.ended_at or now) - first) // _MINUTE, 0) + 1
    minutes = -(-count // _MOST_STEPS)
    steps = -(-count // minutes)
    orders, watching = [0] * steps, [0] * steps
    for minute, placed in _orders_by_minute(session):
        if 0 <= (step := (minute - first) // _MINUTE // minutes) < steps:
            orders[step] += placed
    for minute, people in session.minutes.values_list("minute", "watching"):
        if 0 <= (step := (minute - first) // _MINUTE // minutes) < steps:
            watching[step] = max(watching[step], people)
    return _drawn(first, minutes, orders, watching)


def _orders_by_minute(session: LiveSession) -> list[tuple[datetime, int]]:
    by_minute = orders_that_count(session).annotate(minute=TruncMinute("placed_at"))
    counted = by_minute.order_by().values("minute").annotate(placed=Count("pk"))
    return list(counted.values_list("minute", "placed"))


def _drawn(first: datetime, minutes: int, orders: list[int], watching: list[int]) -> MinuteChart:
    most_orders, most_watching = max(orders), max(watching)
    wide = min(WIDTH // len(orders), _WIDEST)
    steps, points = [], []
    for i, (placed, people) in enumerate(zip(orders, watching, strict=True)):
        tall = -(-HEIGHT * placed // max(most_orders, 1))  # a single order is still seen
        starts = first + i * minutes * _MINUTE
        steps.append(Step(starts, placed, people, i * wide, HEIGHT - tall, tall))
        high = HEIGHT * people // max(most_watching, 1)
        points.append(f"{i * wide + wide // 2},{HEIGHT - high}")
    return MinuteChart(steps, minutes, wide - 1, " ".join(points), most_orders, most_watching)


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
