"""How far an organisation is with what it undertook to buy from villages this year."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from lukou_market.orders.models import Order
from lukou_market.orders.queries import GOODS_REFUNDED
from lukou_market.organisations.models import Organisation

_WHOLE_BP = 10_000


@dataclass(frozen=True, slots=True)
class Tier:
    """One of the targets an organisation can undertake: what it comes to, what it still takes."""

    label: str
    fen: int
    missing_fen: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Quota:
    """Goods of paid orders of the calendar year in China, less refunds, in fen.

    Shipping is no purchase from a village. `budget_fen` is all that is purchased in a year.
    """

    year: int
    bought_fen: int
    budget_fen: int
    target_bp: int

    @property
    def target_fen(self) -> int:
        """What is undertaken; at least 1 fen."""
        return max(self.budget_fen * self.target_bp // _WHOLE_BP, 1)

    @property
    def done_bp(self) -> int:
        """Basis points of the target; more than 10,000 when it is exceeded."""
        return self.bought_fen * _WHOLE_BP // self.target_fen

    @property
    def share_bp(self) -> int:
        """Basis points of all yearly purchases, as the targets are."""
        return self.bought_fen * _WHOLE_BP // self.budget_fen

    @property
    def missing_fen(self) -> int:
        """What is still to be bought."""
        return max(self.target_fen - self.bought_fen, 0)

    @property
    def tiers(self) -> list[Tier]:
        """How far it is to each target there is."""
        tiers = []
        for target in Organisation.Target:
            fen = self.budget_fen * target // _WHOLE_BP
            missing_fen, chosen = max(fen - self.bought_fen, 0), target == self.target_bp
            tiers.append(Tier(str(target.label), fen, missing_fen, chosen))
        return tiers


def quota_of(organisation: Organisation, *, now: datetime) -> Quota:
    """As of `now`."""
    [known] = with_bought(Organisation.objects.filter(pk=organisation.pk), now=now)
    return quota_from(known, now=now)


def quota_from(organisation: Any, *, now: datetime) -> Quota:
    """The quota of an organisation that `with_bought` has read."""
    return Quota(
        year=timezone.localtime(now).year,
        bought_fen=organisation.bought_fen,
        budget_fen=organisation.yearly_budget_fen,
        target_bp=organisation.target_bp,
    )


def with_bought(organisations: QuerySet[Any], *, now: datetime) -> QuerySet[Any]:
    """Adds `bought_fen`, what each has bought in the year of `now`, up to then."""
    start = timezone.localtime(now).replace(
        month=1, day=1, hour=0, minute=0, second=0, microsecond=0
    )
    paid = Order.objects.filter(
        group_order__organisation=OuterRef("pk"), paid_at__gte=start, paid_at__lte=now
    )
    sums = paid.order_by().values("group_order__organisation")
    bought = sums.annotate(fen=Sum(F("total_fen") - GOODS_REFUNDED)).values("fen")
    found: QuerySet[Any] = organisations.annotate(bought_fen=Coalesce(Subquery(bought), 0))
    return found
