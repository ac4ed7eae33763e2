"""Reports as others read them: the last version, the published one, and what waits for a person."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from lukou_market.accounts.models import User
from lukou_market.aid.models import HouseholdTotal, ProducerTotal
from lukou_market.aid.verifier.verify_period import Record
from lukou_market.regions.desk import Desk
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.regions.models import Level, Region
from lukou_market.village_reports.content import content_of
from lukou_market.village_reports.models import Action, ReportStep, VillageReport
from lukou_market.village_reports.seats import Seat, seats_of

_BYTES = "content"
_NEXT = {
    Action.PREPARED: Action.REVIEWED,
    Action.REVIEWED: Action.APPROVED,
    Action.APPROVED: Action.PUBLISHED,
}
SHOWN = 200
"""Of what waits for one person: who has more begins with these."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A step that waits for a person; `report` is None where a village has not prepared yet."""

    village: Region
    month: date
    action: Action
    report: VillageReport | None
    acting_for: User | None


def last_version(village: Region, month: date) -> VillageReport | None:
    """The newest version of the village's report, whatever its state."""
    return VillageReport.objects.filter(village=village, month=month).order_by("-version").first()


def last_versions(place: Jurisdiction, month: date) -> QuerySet[VillageReport]:
    """The newest version of each village of the place, without its bytes."""
    inside = place.scope(VillageReport.objects.filter(month=month), "village_id")
    return inside.order_by("village_id", "-version").distinct("village_id").defer(_BYTES)


def published_report(village: Region, month: date) -> VillageReport | None:
    """The report the district has approved or published, if there is one."""
    done = [Action.APPROVED, Action.PUBLISHED]
    return VillageReport.objects.filter(village=village, month=month, status__in=done).first()


def report_rows(report: VillageReport) -> list[Record]:
    """The rows of the report, in the format of periods: amounts in fen."""
    return content_of(report).rows


def villages_with_figures(place: Jurisdiction, month: date) -> QuerySet[Region]:
    """Villages that sold something in the month, or whose households were credited."""
    sold = ProducerTotal.objects.filter(producer__village=OuterRef("pk"), month=month)
    credited = HouseholdTotal.objects.filter(household__village=OuterRef("pk"), month=month)
    villages = place.scope(Region.objects.filter(level=Level.VILLAGE), "code")
    return villages.filter(Exists(sold) | Exists(credited))


def not_reviewed(place: Jurisdiction, month: date) -> QuerySet[Region]:
    """Villages with figures whose report the town has not reviewed."""
    done = [Action.REVIEWED, Action.APPROVED, Action.PUBLISHED]
    reviewed = VillageReport.objects.filter(village=OuterRef("pk"), month=month, status__in=done)
    return villages_with_figures(place, month).exclude(Exists(reviewed))


def last_month_over(now: datetime) -> date:
    """The first day of the last month that is over."""
    first = timezone.localdate(now).replace(day=1)
    return (first - timedelta(days=1)).replace(day=1)


def waiting_for(desk: Desk, user: User, *, now: datetime) -> list[Waiting]:
    """What this person, or whom they stand in for, is to do next; oldest month first.

    A village is asked for the last month that is over, and for what was returned to it.
    """
    if not desk.is_manned or desk.sees_everything:
        return []
    found: dict[tuple[str, date], Waiting] = {}
    for seat in seats_of(user, today=timezone.localdate(now)):
        for waiting in _at_seat(seat, now):
            found.setdefault((waiting.village.code, waiting.month), waiting)
    return sorted(found.values(), key=lambda waiting: (waiting.month, waiting.village.code))


def _at_seat(seat: Seat, now: datetime) -> list[Waiting]:
    if seat.region.level == Level.VILLAGE:
        return _to_prepare(seat, now)
    states = {
        Level.TOWN: [Action.PREPARED],
        Level.DISTRICT: [Action.REVIEWED, Action.APPROVED],
    }[Level(seat.region.level)]
    place = Jurisdiction.of_regions([seat.region])
    rows = place.scope(VillageReport.objects.filter(status__in=states), "village_id")
    waiting = rows.exclude(_signed_by(seat.people)).order_by("month", "village_id")
    return [
        Waiting(row.village, row.month, _NEXT[Action(row.status)], row, seat.acting_for)
        for row in waiting.select_related("village__parent").defer(_BYTES)[:SHOWN]
    ]


def _signed_by(people: set[int]) -> Q:
    """Reports these people prepared, and those still to be approved that they reviewed."""
    reviewed = ReportStep.objects.filter(
        Q(by__in=people) | Q(acting_for__in=people), report=OuterRef("pk"), action=Action.REVIEWED
    )
    prepared = Q(prepared_by__in=people) | Q(prepared_for__in=people)
    return ~Q(status=Action.APPROVED) & (prepared | Q(Exists(reviewed)))


def _to_prepare(seat: Seat, now: datetime) -> list[Waiting]:
    village, last_over = seat.region, last_month_over(now)
    versions = VillageReport.objects.filter(village=village).defer(_BYTES)
    latest = versions.order_by("month", "-version").distinct("month")
    returned = [row for row in latest if row.status == Action.RETURNED]
    waiting = [
        Waiting(village, row.month, Action.PREPARED, row, seat.acting_for) for row in returned
    ]
    place = Jurisdiction.of_regions([village])
    if (
        not versions.filter(month=last_over).exists()
        and villages_with_figures(place, last_over).exists()
    ):
        waiting.append(Waiting(village, last_over, Action.PREPARED, None, seat.acting_for))
    return waiting
