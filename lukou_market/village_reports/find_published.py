"""What everybody may read: the published report of a village's month, and whose hash this is."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from lukou_market.village_reports.models import Action, VillageReport


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a hash is a published report's or file's; `report` is the one published now."""

    sha256: str
    is_published: bool
    report: VillageReport | None

    @property
    def is_superseded(self) -> bool:
        """Whether it is that of a version which another one has taken the place of."""
        return self.report is not None and not self.is_published


def find_published(village_code: str, month: date) -> VillageReport | None:
    """The published report with its archive, if there is one."""
    published = VillageReport.objects.filter(status=Action.PUBLISHED)
    rows = published.select_related("village__parent__parent", "archive")
    return rows.filter(village=village_code, month=month).first()


def judge_hash(sha256: str) -> Verdict:
    """Look the hash up: of a report's lines, of its paper, or of its workbook."""
    sha256 = sha256.strip().lower()
    named = Q(sha256=sha256) | Q(archive__pdf_sha256=sha256) | Q(archive__xlsx_sha256=sha256)
    report = VillageReport.objects.filter(named).defer("content").first()
    if report is None:
        return Verdict(sha256, False, None)
    if report.status == Action.PUBLISHED:
        return Verdict(sha256, True, report)
    return Verdict(sha256, False, find_published(report.village_id, report.month))
