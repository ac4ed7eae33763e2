"""The nightly matching: Stripe's movements against our payments, refunds and disputes."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from lukou_market.payments.heal_differences import (
    heal_differences,
    refresh_disputes,
    refresh_refunds,
)
from lukou_market.payments.match_settlement import match_settlement
from lukou_market.payments.models import SettlementRun
from lukou_market.payments.pull_settlement import pull_settlement
from lukou_market.payments.queries import matched_until
from lukou_market.payments.record_discrepancies import record_discrepancies

logger = logging.getLogger(__name__)

_HOUR = 3  # in China: after the evening's streams, before anybody closes a month
_LONGEST = timedelta(hours=2)
_DISPUTES_AGAIN = timedelta(days=2)


def settle_if_due(*, now: datetime) -> bool:
    """Match once a night; after a failure again at the next look. Raises StripeUnavailable."""
    night = timezone.localtime(now).replace(hour=_HOUR, minute=0, second=0, microsecond=0)
    night -= timedelta(days=night > now)
    matched = matched_until()
    under_way = SettlementRun.objects.filter(finished_at=None, started_at__gt=now - _LONGEST)
    if (matched is not None and matched >= night) or under_way.exists():
        return False
    settle_with_stripe(now=now)
    return True


def settle_with_stripe(*, now: datetime) -> SettlementRun:
    """Pull, match, heal what webhooks did not tell, and record what is left over.

    Repeating it changes nothing. Raises StripeUnavailable: then nothing counts as matched.
    """
    since = matched_until()
    run = SettlementRun.objects.create(started_at=now)
    try:
        _settle(run, since and since - _DISPUTES_AGAIN, now)
    except BaseException:
        run.delete()  # the next look tries again
        raise
    return run


def _settle(run: SettlementRun, disputes_since: datetime | None, now: datetime) -> None:
    pulled = pull_settlement(now=now)
    before = match_settlement(as_of=now)
    heal_differences(differences=before, now=now)
    refresh_refunds(now=now)
    refresh_disputes(since=disputes_since, now=now)
    with transaction.atomic():
        left = match_settlement(as_of=now)
        record_discrepancies(differences=[*left, *pulled.differences], now=now)
        run.movements, run.healed = pulled.new, max(0, len(before) - len(left))
        run.finished_at = now
        run.save()
    if left or pulled.differences:
        logger.warning("%d differences with Stripe", len(left) + len(pulled.differences))
