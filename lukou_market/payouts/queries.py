"""What reports ask of pay-outs."""

from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from lukou_market.payouts.models import PayoutLine


def confirmed_lines(*, first_month: date, last_month: date) -> QuerySet[PayoutLine]:
    """Lines confirmed from the first of these months (first days) to the end of the last."""
    after = (last_month + timedelta(days=31)).replace(day=1)
    return PayoutLine.objects.filter(
        status=PayoutLine.Status.CONFIRMED,
        decided_at__gte=_midnight(first_month),
        decided_at__lt=_midnight(after),
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())
