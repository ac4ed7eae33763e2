"""Post a village's notice: once for each approved report, never changed, never withdrawn."""

from datetime import date, datetime
from hashlib import sha256

from lukou_market.accounts.models import User
from lukou_market.kernel.errors import constraint_errors
from lukou_market.public_notices.clock import last_day
from lukou_market.public_notices.errors import AlreadyPosted, ReportNotPublished
from lukou_market.public_notices.models import PublicNotice
from lukou_market.public_notices.notice_paper import notice_paper
from lukou_market.public_notices.source import Figures, approved_figures
from lukou_market.public_notices.terms import terms_in_force
from lukou_market.public_notices.write_notice import write_notice
from lukou_market.regions.models import Region

_REFUSALS = {"notice_version_once": AlreadyPosted, "notice_number_once": AlreadyPosted}


def post_notice(
    *, village: Region, month: date, posted_by: User, now: datetime, correction: str = ""
) -> PublicNotice:
    """Post what the district approved. A second one says what it corrects, and replaces the first.

    Raises ReportNotPublished, AlreadyPosted and PersonalDigits.
    """
    figures, before = _figures(village, month), latest_notice(village, month)
    if before is not None and not correction.strip():
        raise AlreadyPosted
    version = before.version + 1 if before else 1
    content = _content(figures, before, correction, now)
    pdf = notice_paper(content)
    with constraint_errors(_REFUSALS):
        return PublicNotice.objects.create(
            number=_number(village, month, version),
            village=village,
            month=month,
            version=version,
            replaces=before,
            report=figures.report,
            content=content,
            sha256=sha256(content).hexdigest(),
            pdf=pdf,
            pdf_sha256=sha256(pdf).hexdigest(),
            posted_by=posted_by,
            posted_at=now,
            open_until=last_day(now, terms_in_force(now=now).open_days),
        )


def latest_notice(village: Region, month: date) -> PublicNotice | None:
    """The notice of the month that no other has replaced."""
    notices = PublicNotice.objects.filter(village=village, month=month)
    return notices.order_by("-version").first()


def preview_notice(*, village: Region, month: date, now: datetime) -> bytes:
    """The content that would be posted now. Raises ReportNotPublished and PersonalDigits."""
    return _content(_figures(village, month), latest_notice(village, month), "", now)


def _figures(village: Region, month: date) -> Figures:
    figures = approved_figures(village, month)
    if figures is None:
        raise ReportNotPublished
    return figures


def _content(
    figures: Figures, before: PublicNotice | None, correction: str, now: datetime
) -> bytes:
    report = figures.report
    version = before.version + 1 if before else 1
    return write_notice(
        village=report.village,
        month=report.month,
        figures=figures,
        terms=terms_in_force(now=now),
        number=_number(report.village, report.month, version),
        replaces=before.number if before else "",
        correction=correction.strip(),
        posted_at=now,
    )


def _number(village: Region, month: date, version: int) -> str:
    return f"{village.code}-{month:%Y%m}-{version}"
