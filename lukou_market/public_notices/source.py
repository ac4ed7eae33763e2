"""Where the figures of a notice come from: the report the district approved, and nothing else."""

from dataclasses import dataclass
from datetime import date

from lukou_market.aid.verifier.verify_period import Record
from lukou_market.regions.models import Region
from lukou_market.village_reports.models import VillageReport
from lukou_market.village_reports.queries import published_report, report_rows


@dataclass(frozen=True, slots=True)
class Figures:
    """A village's rows of a month, as approved."""

    report: VillageReport
    rows: list[Record]


def approved_figures(village: Region, month: date) -> Figures | None:
    """What may be posted of the month; None as long as nothing is approved."""
    report = published_report(village, month)
    return Figures(report, report_rows(report)) if report else None
