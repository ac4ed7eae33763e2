"""Close a month of the book: no journal is booked in it any more."""

from datetime import date

from django.db import transaction

from lukou_market.kernel.errors import DomainError, constraint_errors
from lukou_market.ledger.models import ClosedMonth


class MonthNotNext(DomainError):
    """An earlier month is still open, or this one is closed already; nothing was written."""

    code = "month_not_next"


@transaction.atomic
def close_month(*, month: date) -> ClosedMonth:
    """Wait for journals under way, then close the month; until commit no other is written.

    Raises MonthNotNext.
    """
    refusals: dict[str, type[DomainError]] = {
        "closed_months_in_order": MonthNotNext,
        "ledger_closedmonth_pkey": MonthNotNext,
    }
    with constraint_errors(refusals):
        return ClosedMonth.objects.create(month=month)
