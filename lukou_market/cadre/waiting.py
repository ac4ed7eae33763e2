"""What waits for the person who looks: what only they, or their unit, can move on."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, IntegerField, Min, QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.models import User
from lukou_market.aid.models import LotWait, Period
from lukou_market.cadre.periods import Month, closes_periods, months
from lukou_market.payments.models import Dispute, Refund
from lukou_market.payments.queries import notices_to_match, open_discrepancies, returns_to_send
from lukou_market.payouts.models import PayoutLine
from lukou_market.public_notices.queries import open_objections, without_proof
from lukou_market.regions.desk import Desk, desk_of
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.regions.scoped_admin import within
from lukou_market.reports.targets import targets_to_approve
from lukou_market.screening.queries import open_flags
from lukou_market.village_reports.models import Action
from lukou_market.village_reports.queries import waiting_for as steps_waiting_for

_Rows = QuerySet[Any]


_STEPS = {
    Action.PREPARED: _("Village reports to prepare"),
    Action.REVIEWED: _("Village reports to review"),
    Action.APPROVED: _("Village reports to approve"),
    Action.PUBLISHED: _("Village reports to publish"),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """Things of one kind: how many, since when the oldest, and where they are moved on."""

    title: str | Promise
    count: int
    oldest: date
    link: str


@dataclass(frozen=True, slots=True)
class _Kind:
    title: Promise
    rows: _Rows
    since: str
    link: str


def waiting_for(request: HttpRequest, *, now: datetime) -> list[Waiting]:
    """Oldest first. Nothing waits for auditors: they look. One query for all that is counted."""
    desk, user = desk_of(request), request.user
    if not desk.keeps_registers or not isinstance(user, User):
        return []
    found = [
        *_counted(list(_kinds(desk, user, now))),
        *_periods(desk, user, now),
        *_village_reports(desk, user, now),
    ]
    return sorted(found, key=lambda waiting: waiting.oldest)


def _kinds(desk: Desk, user: User, now: datetime) -> Iterator[_Kind]:
    yield from _of_the_region(desk, user)
    yield from _of_those_above(desk.above_villages)
    if desk.oversees_district:
        yield from _of_the_district(desk, user, now)


def _of_the_region(desk: Desk, user: User) -> Iterator[_Kind]:
    place, sold_here = desk.jurisdiction, "payment__order__lines__producer__village_id"
    asked = within(Refund.objects.filter(status=Refund.Status.REQUESTED), sold_here, place)
    refunds = reverse("admin:payments_refund_changelist", query={"status__exact": "requested"})
    yield _Kind(_("Refunds to decide"), asked.filter(claim=None), "requested_at", refunds)
    passed_on = asked.filter(claim__escalated_at__isnull=False)
    yield _Kind(_("Claims passed on by hosts"), passed_on, "claim__escalated_at", refunds)
    waits = within(LotWait.objects.all(), "product__producer__village_id", place)
    page = reverse("admin:aid_lotwait_changelist")
    yield _Kind(_("Orders that wait for a lot"), waits, "since", page)
    sent = PayoutLine.objects.filter(status=PayoutLine.Status.PREPARED).exclude(prepared_by=user)
    lines = within(sent, "household__village_id", place)
    page = reverse("admin:payouts_payoutline_changelist", query={"status__exact": "prepared"})
    yield _Kind(_("Pay-outs to confirm"), lines, "batch__created_at", page)
    answer = (Dispute.Status.INQUIRY, Dispute.Status.OPEN)
    disputes = within(Dispute.objects.filter(status__in=answer), sold_here, place)
    page = reverse("admin:payments_dispute_changelist")
    yield _Kind(_("Disputes that want an answer"), disputes, "opened_at", page)
    page = reverse("cadre:notices")
    yield _Kind(_("Notices without a photo of the board"), without_proof(place), "posted_at", page)


def _of_those_above(place: Jurisdiction) -> Iterator[_Kind]:
    """What a village does not decide about itself."""
    page = reverse("cadre:screening")
    yield _Kind(_("Flagged sales to decide"), open_flags(place), "raised_at", page)
    page = reverse("cadre:objections")
    yield _Kind(_("Objections to answer"), open_objections(place), "received_at", page)


def _of_the_district(desk: Desk, user: User, now: datetime) -> Iterator[_Kind]:
    page = reverse("admin:payments_discrepancy_changelist")
    yield _Kind(
        _("Differences with Stripe to explain"), open_discrepancies(), "first_seen_at", page
    )
    page = reverse("admin:payments_paymentnotice_changelist")
    yield _Kind(_("Bank transfers to record"), notices_to_match(now), "issued_at", page)
    query = {"status__exact": "approved", "way": "transfer"}
    page = reverse("admin:payments_refund_changelist", query=query)
    yield _Kind(_("Refunds to send by bank"), returns_to_send(), "requested_at", page)
    page = reverse("admin:reports_aidtarget_changelist", query={"approved_at__isempty": "1"})
    yield _Kind(_("Targets to approve"), targets_to_approve(desk, user), "proposed_at", page)


def _counted(kinds: list[_Kind]) -> Iterator[Waiting]:
    parts = [
        kind.rows.order_by()
        .annotate(kind=Value(number, IntegerField()))
        .values("kind")
        .annotate(count=Count("pk"), oldest=Min(kind.since))
        .values_list("kind", "count", "oldest")
        for number, kind in enumerate(kinds)
    ]
    for number, count, oldest in parts[0].union(*parts[1:], all=True):
        if count:
            kind = kinds[number]
            yield Waiting(kind.title, count, timezone.localdate(oldest), kind.link)


def _village_reports(desk: Desk, user: User, now: datetime) -> Iterator[Waiting]:
    oldest: dict[Action, date] = {}
    counts: Counter[Action] = Counter()
    for step in steps_waiting_for(desk, user, now=now):
        counts[step.action] += 1
        oldest[step.action] = min(oldest.get(step.action, step.month), step.month)
    for action, count in counts.items():
        month = oldest[action]
        page = reverse("cadre:village-reports", query={"month": f"{month:%Y-%m}"})
        yield Waiting(_STEPS[action], count, month, page)


def _periods(desk: Desk, user: User, now: datetime) -> Iterator[Waiting]:
    if not closes_periods(desk):
        return
    for month in months(now=now):
        if title := _next_step(month, user):
            yield Waiting(title, 1, month.month, reverse("cadre:period", args=[month.month]))


def _next_step(month: Month, user: User) -> Promise | None:
    period = month.period
    if period is not None and period.status == Period.Status.PREPARED:
        return None if period.prepared_by_id == user.pk else _("A month to sign")
    return _("A month to close") if month.may_be_asked_for else None
