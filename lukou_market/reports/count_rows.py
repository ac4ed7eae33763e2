"""How many rows a long export will have, for its progress bar."""

from lukou_market.households.models import Household
from lukou_market.reports.export_models import Export
from lukou_market.reports.household_report import households_of
from lukou_market.reports.kinds import STATEMENTS, Kind
from lukou_market.reports.line_report import lines_of


def rows_expected(export: Export) -> int:
    """0 where nobody waits long enough to ask."""
    if export.kind == Kind.LINES:
        return lines_of(export.question).count()
    if export.kind == Kind.HOUSEHOLD:
        return households_of(export.question).count()
    if export.kind == STATEMENTS:
        return Household.objects.filter(village=export.region_id).count()
    return 0
