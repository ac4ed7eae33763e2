"""Notices and objections as cadres and everybody read them."""

from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from lukou_market.public_notices.models import OPEN, Objection, ObjectionStep, PublicNotice, Status
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.village_reports.models import Action, VillageReport

_BYTES = ("content", "pdf")
_SHOWN = 200


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


def open_objections(place: Jurisdiction) -> QuerySet[Objection]:
    """Those of the place that nobody has answered."""
    return place.scope(Objection.objects.filter(status__in=OPEN), "village_id")


def without_proof(place: Jurisdiction) -> QuerySet[PublicNotice]:
    """Notices that hang in the place with no photo of the village's board."""
    hanging = PublicNotice.objects.filter(ended_at=None, photos=None, replaced_by=None)
    return place.scope(hanging, "village_id")


def takes_objections(notice: PublicNotice, *, now: datetime) -> bool:
    """Whether its days are not over and nothing has replaced it."""
    replaced = PublicNotice.objects.filter(replaces=notice).exists()
    under_way = notice.ended_at is None and timezone.localdate(now) <= notice.open_until
    return under_way and not replaced


def answers_to(notice: PublicNotice) -> list[ObjectionStep]:
    """What was answered, oldest first: read by everybody."""
    steps = ObjectionStep.objects.filter(objection__notice=notice)
    return list(steps.exclude(action=Status.ACCEPTED).select_related("by").order_by("id"))


def to_post(place: Jurisdiction) -> QuerySet[VillageReport]:
    """Reports the district approved that have no notice yet, newest month first."""
    approved = VillageReport.objects.filter(
        status__in=[Action.APPROVED, Action.PUBLISHED], notices=None
    )
    inside = place.scope(approved, "village_id").defer("content")
    return inside.select_related("village__parent").order_by("-month", "village_id")[:_SHOWN]
