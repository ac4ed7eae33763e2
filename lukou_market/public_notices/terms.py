"""The terms of posting in force: how few households are shown, how long it hangs, who is late."""

from dataclasses import dataclass
from datetime import datetime

from lukou_market.public_notices.clock import LEAST_OPEN_DAYS
from lukou_market.public_notices.models import NoticeTerms


@dataclass(frozen=True, slots=True)
class Terms:
    """Below `least_households` credited ones no household's row is shown (decision 0096)."""

    least_households: int = 3
    open_days: int = LEAST_OPEN_DAYS
    answer_days: int = 15


def terms_in_force(*, now: datetime) -> Terms:
    """The last row since then; what is written above where none was ever set."""
    row = NoticeTerms.objects.filter(since__lte=now).first()
    return Terms(row.least_households, row.open_days, row.answer_days) if row else Terms()
