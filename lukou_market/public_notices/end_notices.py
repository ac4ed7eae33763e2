"""End the notices whose days are over and whose objections are answered."""

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone

from lukou_market.kernel.errors import DomainError, constraint_errors
from lukou_market.public_notices.models import OPEN, Objection, PublicNotice


class _NotYet(DomainError):
    code = "not_yet"


def end_due_notices(*, now: datetime) -> int:
    """Ends them; returns how many. One with an open objection waits for its answer."""
    waits = Objection.objects.filter(notice=OuterRef("pk"), status__in=OPEN)
    over = PublicNotice.objects.filter(ended_at=None, open_until__lt=timezone.localdate(now))
    return sum(
        _end(notice_id, now)
        for notice_id in over.exclude(Exists(waits)).values_list("pk", flat=True)
    )


def _end(notice_id: int, now: datetime) -> bool:
    try:
        with constraint_errors({"notice_waits_for_objections": _NotYet}):
            return bool(
                PublicNotice.objects.filter(pk=notice_id, ended_at=None).update(ended_at=now)
            )
    except _NotYet:  # somebody objected just before midnight
        return False
