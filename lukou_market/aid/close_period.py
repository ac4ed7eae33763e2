"""Close a month: one cadre asks, the books are checked, another cadre signs."""

import hashlib
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from lukou_market.accounts.models import User
from lukou_market.aid.closing_gate import Unsettled, ask_stripe, end_of, unexplained, unsettled
from lukou_market.aid.errors import (
    BeingChecked,
    MonthNotNext,
    MonthNotOver,
    NotPrepared,
    PeriodChanged,
    PreparerNeverSigns,
    Unexplained,
)
from lukou_market.aid.period_model import Period
from lukou_market.aid.verifier.verify_period import Broken, check
from lukou_market.aid.write_period import export_period, write_period
from lukou_market.kernel.errors import constraint_errors
from lukou_market.ledger import close_month
from lukou_market.ledger.models import Journal

Status = Period.Status
# Who checks has this long before another worker may begin anew.
_CLAIMED = timedelta(minutes=30)


def is_signed(month: date) -> bool:
    """Whether the month that begins on `month` takes no more journals."""
    return Period.objects.filter(month=month, status=Status.SIGNED).exists()


def next_month_to_close() -> date | None:
    """The month after the last one signed, or the first one of the book; None without a book."""
    last = Period.objects.filter(status=Status.SIGNED).order_by("-month").first()
    if last is not None:
        return timezone.localdate(end_of(last.month))
    return Journal.objects.order_by("month").values_list("month", flat=True).first()


@transaction.atomic
def ask_for_period(*, month: date, prepared_by: User, now: datetime) -> Period:
    """Have the books of the month checked and its figures written; `check_asked` does it.

    Raises MonthNotOver, MonthNotNext and BeingChecked.
    """
    if now < end_of(month):
        raise MonthNotOver
    if month != next_month_to_close():
        raise MonthNotNext
    fresh = {"prepared_by": prepared_by, "due_at": now}
    period, is_new = Period.objects.select_for_update().get_or_create(month=month, defaults=fresh)
    if not is_new:
        if period.status == Status.ASKED:
            raise BeingChecked
        period.status, period.prepared_by, period.due_at = Status.ASKED, prepared_by, now
        period.content, period.sha256, period.findings = None, "", []
        period.save()
    return period


def check_asked(*, now: datetime) -> int:
    """Check the books for every period that was asked for; return how many were."""
    checked = 0
    for period in Period.objects.filter(status=Status.ASKED, due_at__lte=now):
        claim = Period.objects.filter(pk=period.pk, status=Status.ASKED, due_at=period.due_at)
        if claim.update(due_at=now + _CLAIMED):
            _check(period.month, now)
            checked += 1
    return checked


def prepare_period(*, month: date, prepared_by: User, now: datetime) -> Period:
    """Ask for the period and check it at once. Raises what `ask_for_period` raises, Unexplained."""
    ask_for_period(month=month, prepared_by=prepared_by, now=now)
    check_asked(now=now)
    period = Period.objects.get(month=month)
    if period.status == Status.REFUSED:
        raise Unexplained(findings=period.findings)
    return period


@transaction.atomic
def sign_period(*, month: date, signed_by: User, now: datetime) -> Period:
    """Freeze the prepared figures for good; from now on nothing is booked in the month.

    Raises NotPrepared, PreparerNeverSigns, PeriodChanged, Unexplained and MonthNotNext.
    """
    period = Period.objects.select_for_update().filter(month=month).first()
    if period is None or period.status != Status.PREPARED:
        raise NotPrepared
    if period.prepared_by_id == signed_by.pk:
        raise PreparerNeverSigns
    try:
        closed = close_month.close_month(month=month)
    except close_month.MonthNotNext:
        raise MonthNotNext from None
    if findings := unsettled(month):
        raise Unexplained(findings=findings)
    if _journals(month) != period.journals:
        raise PeriodChanged
    period.status, period.closed = Status.SIGNED, closed
    period.signed_by, period.signed_at = signed_by, now
    with constraint_errors({"period_follows": MonthNotNext, "period_follows_once": MonthNotNext}):
        period.save()
    return period


def _check(month: date, now: datetime) -> None:
    findings = ask_stripe(now=now)
    journals = _journals(month)
    findings += unexplained(month)
    with transaction.atomic():
        period = Period.objects.select_for_update().get(month=month)
        if period.status != Status.ASKED:
            return
        if not findings:
            findings = _write(period, journals, now)
        if findings:
            period.status, period.findings = Status.REFUSED, findings
            period.content, period.sha256 = None, ""
        period.save()


def _write(period: Period, journals: int, now: datetime) -> list[Unsettled]:
    """Write the figures; says what is wrong when the verifier would refuse them."""
    previous = Period.objects.filter(status=Status.SIGNED).order_by("-month").first()
    period.previous_sha256 = previous.sha256 if previous else ""
    content = write_period(month=period.month, previous_sha256=period.previous_sha256)
    period.content, period.sha256 = content, hashlib.sha256(content).hexdigest()
    period.journals = journals
    period.status, period.prepared_at = Status.PREPARED, now
    try:
        check(export_period(period), export_period(previous) if previous else None)
    except Broken as broken:
        return [Unsettled(check="figures do not add up", reference=str(broken), difference_fen=0)]
    return []


def _journals(month: date) -> int:
    return Journal.objects.filter(month=month).count()
