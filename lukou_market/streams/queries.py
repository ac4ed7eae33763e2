"""What everybody may read of live sessions."""

from django.db.models import Case, DateTimeField, F, IntegerField, Prefetch, QuerySet, Value, When

from lukou_market.streams.errors import SessionNotFound
from lukou_market.streams.models import LiveSession, Offer

Status = LiveSession.Status


def listed_sessions() -> QuerySet[LiveSession]:
    """Live sessions, then scheduled ones (soonest first), then ended ones (latest first)."""
    sessions = LiveSession.objects.exclude(status=Status.CANCELLED)
    return sessions.select_related("host__user", "host__village").order_by(
        Case(
            When(status__in=[Status.LIVE, Status.INTERRUPTED], then=Value(0)),
            When(status=Status.SCHEDULED, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        ),
        Case(
            When(status=Status.SCHEDULED, then=F("scheduled_at")),
            output_field=DateTimeField(),
        ),
        "-started_at",
        "-pk",
    )


def session_with_offers(pk: int) -> LiveSession:
    """A session with its offers and all that describes them. Raises SessionNotFound."""
    offers = Offer.objects.select_related("sku__product__producer__village")
    sessions = LiveSession.objects.select_related("host__user", "host__village")
    session = sessions.prefetch_related(Prefetch("offers", offers)).filter(pk=pk).first()
    if session is None:
        raise SessionNotFound
    return session
