"""The list of villages' reports of a month, and what a person may do with one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, QuerySet, Sum
from django.utils import timezone

from lukou_market.aid.closing_gate import end_of
from lukou_market.aid.models import HouseholdTotal, ProducerTotal
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.regions.models import Level, Region
from lukou_market.village_reports.models import Action, ReportStep, VillageReport
from lukou_market.village_reports.queries import last_versions
from lukou_market.village_reports.seats import Seat, takes
from lukou_market.village_reports.take_step import BEFORE

MISSING = "missing"
"""The state of a village that has sold and not reported."""


@dataclass(frozen=True, slots=True)
class VillageRow:
    """A village in the list; sales and credits as the book stands now, in fen."""

    village: Region
    report: VillageReport | None
    sales_fen: int
    credits_fen: int
    waits: bool

    @property
    def state(self) -> str:
        """The report's, or that there is none."""
        return self.report.status if self.report else MISSING

    @property
    def last_step(self) -> ReportStep | None:
        """Who moved the report last."""
        return list(self.report.steps.all())[-1] if self.report else None

    @property
    def has_something(self) -> bool:
        """Whether there is a report, or figures for one."""
        return bool(self.report or self.sales_fen or self.credits_fen)


def village_rows(
    place: Jurisdiction, month: date, waiting: Iterable[str], *, everyone: bool
) -> list[VillageRow]:
    """The villages of the place that have figures or a report, or all of them."""
    reports = {row.village_id: row for row in _with_people(last_versions(place, month))}
    sales, credits_ = _sales(place, month), _credits(place, month)
    villages = place.scope(Region.objects.filter(level=Level.VILLAGE), "code")
    rows = [
        VillageRow(
            village,
            reports.get(village.code),
            sales.get(village.code, 0),
            credits_.get(village.code, 0),
            village.code in waiting,
        )
        for village in villages.select_related("parent")
    ]
    return [row for row in rows if everyone or row.has_something]


def report_months(*, now: datetime) -> list[date]:
    """The months of the book that are over, newest first."""
    first = ProducerTotal.objects.order_by("month").values_list("month", flat=True).first()
    found: list[date] = []
    while first is not None and end_of(first) <= now:
        found.insert(0, first)
        first = timezone.localdate(end_of(first))
    return found


def possible_steps(
    report: VillageReport | None, village: Region, seats: Iterable[Seat]
) -> dict[str, Seat]:
    """The steps that this version waits for and this person may take, by name."""
    return {
        action.value: seat
        for seat in reversed(list(seats))
        for action in Action
        if takes(seat, action, village.code)
        and _is_due(report, action)
        and (report is None or not _is_barred(report, action, seat))
    }


def _is_due(report: VillageReport | None, action: Action) -> bool:
    if action == Action.PREPARED:
        return report is None or report.status == Action.RETURNED
    return report is not None and report.status in BEFORE[action]


def _is_barred(report: VillageReport, action: Action, seat: Seat) -> bool:
    signed = set()
    if action in (Action.REVIEWED, Action.APPROVED):
        signed |= {report.prepared_by_id, report.prepared_for_id}
    if action == Action.APPROVED:
        reviews = ReportStep.objects.filter(report=report, action=Action.REVIEWED)
        signed |= {pk for row in reviews for pk in (row.by_id, row.acting_for_id)}
    return bool(signed & seat.people)


def _with_people(reports: QuerySet[VillageReport]) -> QuerySet[VillageReport]:
    return reports.select_related("prepared_by", "prepared_for").prefetch_related(
        "steps__by", "steps__acting_for"
    )


def _sales(place: Jurisdiction, month: date) -> dict[str, int]:
    rows = place.scope(ProducerTotal.objects.filter(month=month), "producer__village_id")
    net = Sum(F("gross_fen") - F("refunded_fen"))
    return dict(rows.values_list("producer__village_id").annotate(net=net))


def _credits(place: Jurisdiction, month: date) -> dict[str, int]:
    rows = place.scope(HouseholdTotal.objects.filter(month=month), "household__village_id")
    net = Sum(F("credited_fen") - F("reversed_fen"))
    return dict(rows.values_list("household__village_id").annotate(net=net))
