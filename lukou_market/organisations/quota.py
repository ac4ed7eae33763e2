"""How far an organisation is with what it undertook to buy from villages this year."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Sum
from django.utils import timezone

from lukou_market.organisations.models import Organisation

_WHOLE_BP = 10_000


@dataclass(frozen=True, slots=True)
class Quota:
    """Paid orders of the calendar year in China, less refunds, against the target, in fen."""

    year: int
    bought_fen: int
    target_fen: int

    @property
    def done_bp(self) -> int:
        """Basis points of the target; more than 10,000 when it is exceeded."""
        return self.bought_fen * _WHOLE_BP // self.target_fen

    @property
    def missing_fen(self) -> int:
        """What is still to be bought."""
        return max(self.target_fen - self.bought_fen, 0)


def quota_of(organisation: Organisation, *, now: datetime) -> Quota:
    """As of `now`."""
    today = timezone.localtime(now)
    start = today.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    paid = organisation.group_orders.filter(order__paid_at__gte=start)
    bought = paid.aggregate(fen=Sum(F("order__total_fen") - F("order__refunded_fen"), default=0))
    target_fen = organisation.yearly_budget_fen * organisation.target_bp // _WHOLE_BP
    return Quota(today.year, bought["fen"], max(target_fen, 1))
