"""Notices and objections as cadres and everybody read them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from lukou_market.public_notices.models import OPEN, Objection, PublicNotice
from lukou_market.regions.desk import Desk
from lukou_market.regions.jurisdiction import Jurisdiction

_BYTES = ("content", "pdf")


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits on a desk: open objections, how many of them are late, notices without proof."""

    objections: int
    late: int
    without_proof: int

    def __bool__(self) -> bool:
        """Whether anything does."""
        return bool(self.objections or self.without_proof)


def notices_in(place: Jurisdiction) -> QuerySet[PublicNotice]:
    """Newest first, with `open_objections` and `photos_shown`, without their bytes."""
    notices = place.scope(PublicNotice.objects.all(), "village_id").defer(*_BYTES)
    return (
        notices.select_related("village__parent", "replaced_by")
        .annotate(
            open_objections=Count(
                "objections", filter=Q(objections__status__in=OPEN), distinct=True
            ),
            photos_shown=Count("photos", distinct=True),
        )
        .order_by("-id")
    )


def objections_in(place: Jurisdiction) -> QuerySet[Objection]:
    """Newest first."""
    rows = Objection.objects.select_related("village__parent", "notice").defer(
        "notice__content", "notice__pdf"
    )
    return place.scope(rows, "village_id").order_by("-id")


def is_late(objection: Objection, today: date) -> bool:
    """Whether its answer should have been given."""
    return objection.is_open and objection.answer_by < today


def waiting_for(desk: Desk, *, now: datetime) -> Waiting:
    """What waits in the desk's subtree, in two queries."""
    place, today = desk.jurisdiction, timezone.localdate(now)
    objections = place.scope(Objection.objects.filter(status__in=OPEN), "village_id").aggregate(
        all=Count("pk"), late=Count("pk", filter=Q(answer_by__lt=today))
    )
    hanging = PublicNotice.objects.filter(ended_at=None, photos=None, replaced_by=None)
    return Waiting(
        objections["all"], objections["late"], place.scope(hanging, "village_id").count()
    )
