"""A signed month as it would read today: its figures, what changed since, and both together.

The signed bytes stay. Later changes are counted in the months they are booked in as well, so
restated figures of several months are never added up.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from lukou_market.aid.later_events import LaterEvent, later_events
from lukou_market.aid.load_orders import load_orders
from lukou_market.aid.movements import Movement, movements
from lukou_market.aid.period_model import Period
from lukou_market.aid.posting_rules import REFUND
from lukou_market.households.models import Household
from lukou_market.ledger.months import month_of

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Restated:
    """One figure in fen: as signed, and what changed it later."""

    signed_fen: int
    later_fen: int

    @property
    def restated_fen(self) -> int:
        """What it comes to today."""
        return self.signed_fen + self.later_fen


@dataclass(frozen=True, slots=True)
class HouseholdChange:
    """What later events gave to or took from a household's credits of the month."""

    number: str
    village: str
    income_kind: str
    credited_fen: int


@dataclass(frozen=True, slots=True)
class Restatement:
    """Sales: gross less refunds. Credits: to households, less what was taken back."""

    period: Period
    sales: Restated
    credits: Restated
    events: list[LaterEvent]
    households: list[HouseholdChange]

    @property
    def is_changed(self) -> bool:
        """Whether anything happened to the month since it was signed."""
        return bool(self.events)


def restate_period(period: Period) -> Restatement:
    """The restatement of a signed period as the book stands now."""
    everything = signed_total(period)
    events = later_events(period.month)
    changed = [event for event in events if event.changes_credits]
    households = _household_changes(changed, period.month)
    return Restatement(
        period=period,
        sales=Restated(
            everything["gross_fen"] - everything["refunded_fen"],
            sum(event.sales_fen for event in events),
        ),
        credits=Restated(
            everything["credited_fen"] - everything["reversed_fen"],
            sum(change.credited_fen for change in households),
        ),
        events=events,
        households=households,
    )


def signed_total(period: Period) -> Counter[str]:
    """The figures of the whole month, from the signed bytes themselves."""
    for line in reversed(bytes(period.content or b"").splitlines()):
        record = json.loads(line)
        if record["kind"] != "total":
            break
        if record["by"] == "all":
            return Counter({name: fen for name, fen in record.items() if name.endswith("_fen")})
    return Counter()


def _household_changes(events: Sequence[LaterEvent], month: date) -> list[HouseholdChange]:
    sums: Counter[tuple[int, str]] = Counter()
    for household, income_kind, fen in _credits(events, month):
        sums[household, income_kind] += fen
    rows = Household.objects.filter(pk__in={household for household, _ in sums})
    known = {row.pk: row for row in rows}
    changes = [
        HouseholdChange(known[pk].number, known[pk].village_id, income_kind, fen)
        for (pk, income_kind), fen in sums.items()
        if fen
    ]
    return sorted(changes, key=lambda change: (change.village, change.number, change.income_kind))


def _credits(events: Sequence[LaterEvent], month: date) -> Iterator[tuple[int, str, int]]:
    """What each event moved for each household, by the rules the book was posted by."""
    wanted = {event.id: event for event in events}
    order_ids = sorted({event.order_id for event in events})
    for start in range(0, len(order_ids), _CHUNK):
        for order in load_orders(order_ids[start : start + _CHUNK]):
            for moved in movements(order):
                event = wanted.get(moved.event.id)
                if (
                    event
                    and moved.party.household is not None
                    and moves_credits(event, moved, month)
                ):
                    yield moved.party.household, moved.party.income_kind, moved.change.kept_fen


def moves_credits(event: LaterEvent, moved: Movement, month: date) -> bool:
    """Whether it changes the month's credits: a hold moves what several months had."""
    return _of_month(event, moved, month) or (event.credited_then and _later_refund(moved, month))


def moves_sales(event: LaterEvent, moved: Movement, month: date) -> bool:
    """Whether it changes the month's net sales."""
    return _of_month(event, moved, month) or (event.sold_then and _later_refund(moved, month))


def _of_month(event: LaterEvent, moved: Movement, month: date) -> bool:
    return event.late and month_of(moved.of.occurred_at) == month


def _later_refund(moved: Movement, month: date) -> bool:
    return moved.of.kind == REFUND and month_of(moved.of.occurred_at) != month
