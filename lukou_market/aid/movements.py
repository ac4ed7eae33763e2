"""What each event of an order moved, for each party of each line. Pure.

The book pays a household one sum for a whole batch; these are the sum's parts, by the same rules.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lukou_market.aid.allocation import Line
from lukou_market.aid.posting_rules import PAID, RECEIVED, Event, OrderHistory, PostableOrder
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
    """What `event` changed for `party`'s part of `line`."""

    event: Event
    line: Line
    party: Party
    change: Change


def movements(order: PostableOrder) -> Iterator[Movement]:
    """Replay the order's events, oldest first; parts that an event leaves alone are skipped."""
    history = OrderHistory(order)
    for event in order.events:
        received = history.received is not None
        before = list(history.allocation.held_fen)
        history.replay(event)
        parts = zip(history.allocation.stakes, before, history.allocation.held_fen, strict=True)
        for (line, party), had_fen, has_fen in parts:
            if change := _change(event.kind, received, had_fen, has_fen):
                yield Movement(event, line, party, change)


def _change(kind: str, received: bool, had_fen: int, has_fen: int) -> Change:
    if kind == PAID:
        return Change(pending_fen=has_fen)
    if kind == RECEIVED:
        return Change(pending_fen=-has_fen, credited_fen=has_fen)
    taken_fen = had_fen - has_fen
    return Change(reversed_fen=taken_fen) if received else Change(pending_fen=-taken_fen)
