"""Which of a household's money is asked about, and what its totals say of it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum

from lukou_market.aid.models import HouseholdTotal
from lukou_market.aid.movements import Change
from lukou_market.households.models import Household


@dataclass(frozen=True, slots=True)
class Selection:
    """Months are first days, both included; an empty channel or kind of income is all."""

    first_month: date
    last_month: date
    channel: str = ""
    income_kind: str = ""

    @property
    def of_totals(self) -> Q:
        """The totals selected."""
        chosen = Q(month__gte=self.first_month, month__lte=self.last_month)
        if self.channel:
            chosen &= Q(channel=self.channel)
        if self.income_kind:
            chosen &= Q(income_kind=self.income_kind)
        return chosen


def household_totals(*, household: Household, selection: Selection) -> Change:
    """The sum of the household's totals, which the lines of its trace add up to."""
    sums = HouseholdTotal.objects.filter(selection.of_totals, household=household).aggregate(
        pending=Sum("pending_fen", default=0),
        credited=Sum("credited_fen", default=0),
        reversed=Sum("reversed_fen", default=0),
    )
    return Change(sums["pending"], sums["credited"], sums["reversed"])
