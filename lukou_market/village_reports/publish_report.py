"""Publishing freezes what everybody can read and check: paper, workbook, and their hashes."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from lukou_market.accounts.models import User
from lukou_market.kernel.money import yuan
from lukou_market.reports.paper import Table, write_pdf
from lukou_market.reports.verify_address import verify_address
from lukou_market.village_reports.archive_xlsx import write_xlsx
from lukou_market.village_reports.content import content_of
from lukou_market.village_reports.models import Action, ReportArchive, VillageReport
from lukou_market.village_reports.paper_lines import lines_of, title_of
from lukou_market.village_reports.sheets import Sheet, sheets_of
from lukou_market.village_reports.take_step import locked_report, take_step

_LANGUAGE = "zh-hans"


@transaction.atomic
def publish_report(*, report_id: int, sha256: str, by: User, now: datetime) -> VillageReport:
    """Publish the report of this hash. Raises OtherReport, StepNotDue and NotYourLevel."""
    report = locked_report(report_id=report_id, sha256=sha256, action=Action.PUBLISHED)
    with translation.override(_LANGUAGE):
        pdf, xlsx = _files(report)
    ReportArchive.objects.create(
        report=report,
        pdf=pdf,
        pdf_sha256=hashlib.sha256(pdf).hexdigest(),
        xlsx=xlsx,
        xlsx_sha256=hashlib.sha256(xlsx).hexdigest(),
    )
    return take_step(report=report, action=Action.PUBLISHED, by=by, now=now)


def _files(report: VillageReport) -> tuple[bytes, bytes]:
    content = content_of(report)
    steps = report.steps.select_related("by", "acting_for")
    title, lines, sheets = title_of(content), lines_of(report, content, steps), sheets_of(content)
    pdf = write_pdf(
        title=title,
        lines=lines,
        tables=[_table(sheet) for sheet in sheets],
        sha256=report.sha256,
        verify_url=verify_address(report.sha256),
    )
    return pdf, write_xlsx(title=title, lines=lines, sheets=sheets)


def _table(sheet: Sheet) -> Table:
    return Table(
        heading=sheet.heading,
        columns=[*sheet.texts, *sheet.amounts],
        rows=[[*line.texts, *map(yuan, line.amounts_fen)] for line in sheet.lines],
        numeric_from=len(sheet.texts),
        totals=_totals(sheet),
    )


def _totals(sheet: Sheet) -> list[str]:
    blank = [""] * (len(sheet.texts) - 1)
    return [_("Total"), *blank, *map(yuan, sheet.total_fen)]
