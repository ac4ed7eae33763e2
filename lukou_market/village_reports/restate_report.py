"""A village's signed month as it would read today: what refunds and late events changed since."""

from collections import Counter
from dataclasses import dataclass

from lukou_market.aid.later_events import LaterEvent, later_events
from lukou_market.aid.load_orders import load_orders
from lukou_market.aid.movements import Movement, movements
from lukou_market.aid.restate_period import Restated, moves_credits, moves_sales
from lukou_market.households.models import Household, Producer
from lukou_market.village_reports.content import content_of
from lukou_market.village_reports.models import VillageReport

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class VillageEvent:
    """A later event, and what it changed here: sales of producers, credits of households."""

    event: LaterEvent
    sales_fen: int
    credits_fen: int


@dataclass(frozen=True, slots=True)
class VillageRestatement:
    """Sales: gross less refunds. Credits: to households, less what was taken back."""

    sales: Restated
    credits: Restated
    events: list[VillageEvent]

    @property
    def is_changed(self) -> bool:
        """Whether anything happened to the village's month since."""
        return bool(self.events)


def restate_report(report: VillageReport) -> VillageRestatement:
    """The figures of an approved report as the book stands now; counted in later months as well."""
    total = content_of(report).total
    changed = _changes(report)
    return VillageRestatement(
        sales=Restated(
            total["gross_fen"] - total["refunded_fen"], sum(row.sales_fen for row in changed)
        ),
        credits=Restated(
            total["credited_fen"] - total["reversed_fen"], sum(row.credits_fen for row in changed)
        ),
        events=changed,
    )


def _changes(report: VillageReport) -> list[VillageEvent]:
    events = {event.id: event for event in later_events(report.month)}
    here = Household.objects.filter(village=report.village_id)
    households = set(here.values_list("id", flat=True))
    sellers = Producer.objects.filter(village=report.village_id)
    producers = set(sellers.values_list("id", flat=True))
    sales: Counter[int] = Counter()
    credited: Counter[int] = Counter()
    for moved in _movements(sorted({event.order_id for event in events.values()})):
        event = events.get(moved.event.id)
        if event is None:
            continue
        if moved.line.producer in producers and moves_sales(event, moved, report.month):
            sales[event.id] += moved.change.pending_fen + moved.change.kept_fen
        if moved.party.household in households and moves_credits(event, moved, report.month):
            credited[event.id] += moved.change.kept_fen
    return [
        VillageEvent(event, sales[pk], credited[pk])
        for pk, event in events.items()
        if sales[pk] or credited[pk]
    ]


def _movements(order_ids: list[int]) -> list[Movement]:
    return [
        moved
        for start in range(0, len(order_ids), _CHUNK)
        for order in load_orders(order_ids[start : start + _CHUNK])
        for moved in movements(order)
    ]
