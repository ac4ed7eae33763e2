"""What each event of an order moved, for each party of each line. Pure.

The book pays a household one sum for a whole batch; these are the sum's parts, by the same rules.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lukou_market.aid.allocation import Line
from lukou_market.aid.posting_rules import (
    PAID,
    RECEIVED,
    Event,
    OrderHistory,
    PostableOrder,
    Step,
)
from lukou_market.aid.terms import Party


@dataclass(frozen=True, slots=True)
class Change:
    """In fen: of what is paid but not received, of what is credited, of what is taken back."""

    pending_fen: int = 0
    credited_fen: int = 0
    reversed_fen: int = 0

    def __add__(self, other: "Change") -> "Change":
        return Change(
            self.pending_fen + other.pending_fen,
            self.credited_fen + other.credited_fen,
            self.reversed_fen + other.reversed_fen,
        )

    @property
    def kept_fen(self) -> int:
        """Credited less what was taken back."""
        return self.credited_fen - self.reversed_fen

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return self != Change()


@dataclass(frozen=True, slots=True)
class Movement:
    """What `event` changed for `party`'s part of `line`.

    A hold takes out, and a release brings back, what `of` had changed, in that event's month; of
    any other event it is the event itself.
    """

    event: Event
    of: Event
    line: Line
    party: Party
    change: Change


def movements(order: PostableOrder) -> Iterator[Movement]:
    """Replay the order's events, oldest first; parts that an event leaves alone are skipped."""
    history = OrderHistory(order)
    for event in order.events:
        history.replay(event)
        for step, sign in history.moved:
            for (line, party), fen in zip(history.allocation.stakes, step.amounts, strict=True):
                if fen:
                    yield Movement(event, step.event, line, party, _change(step, sign * fen))


def _change(step: Step, fen: int) -> Change:
    if step.event.kind == PAID:
        return Change(pending_fen=fen)
    if step.event.kind == RECEIVED:
        return Change(pending_fen=-fen, credited_fen=fen)
    return Change(reversed_fen=fen) if step.sale else Change(pending_fen=-fen)
