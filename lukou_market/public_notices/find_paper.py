"""What a hash is of: a report, a village's report, or a notice; and what has replaced it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.models import User
from lukou_market.public_notices.models import PublicNotice
from lukou_market.regions.models import Region
from lukou_market.reports.export_models import Export
from lukou_market.village_reports.find_published import judge_hash


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper or file that was made here, without its figures.

    `address` opens what everybody may read of it; of a replaced one, what took its place.
    """

    what: str | Promise
    region: Region
    first_month: date
    last_month: date
    made_at: datetime | None
    hashes: list[tuple[str | Promise, str]]
    number: str = ""
    channel: str = ""
    is_replaced: bool = False
    address: str = ""
    asked_by: User | None = None


def find_paper(sha256: str) -> Paper | None:
    """The paper whose content or file has this hash; None when none of ours has."""
    sha256 = sha256.strip().lower()
    return _village_report(sha256) or _notice(sha256) or _export(sha256)


def _village_report(sha256: str) -> Paper | None:
    verdict = judge_hash(sha256)
    report = verdict.report
    if report is None:
        return None
    archive = report.archive
    hashes: list[tuple[str | Promise, str]] = [
        (_("SHA-256"), report.sha256),
        (_("SHA-256 of the PDF"), archive.pdf_sha256),
        (_("SHA-256 of the Excel file"), archive.xlsx_sha256),
    ]
    return Paper(
        what=_("Village report"),
        region=report.village,
        first_month=report.month,
        last_month=report.month,
        made_at=None if verdict.is_superseded else report.prepared_at,
        hashes=[] if verdict.is_superseded else hashes,
        is_replaced=verdict.is_superseded,
        address=reverse("storefront:village-report", args=[report.village_id, report.month]),
    )


def _notice(sha256: str) -> Paper | None:
    notices = PublicNotice.objects.select_related("village__parent__parent", "replaced_by")
    notice = notices.defer("content", "pdf").filter(Q(sha256=sha256) | Q(pdf_sha256=sha256)).first()
    if notice is None:
        return None
    newer = getattr(notice, "replaced_by", None)
    return Paper(
        what=_("Public notice"),
        region=notice.village,
        first_month=notice.month,
        last_month=notice.month,
        made_at=notice.posted_at,
        hashes=[(_("SHA-256"), notice.sha256), (_("SHA-256 of the PDF"), notice.pdf_sha256)],
        number=notice.number,
        is_replaced=newer is not None,
        address=reverse("storefront:public-notice", args=[(newer or notice).number]),
    )


def _export(sha256: str) -> Paper | None:
    ready = Export.objects.filter(status=Export.Status.READY)
    export = (
        ready.filter(Q(content_sha256=sha256) | Q(file_sha256=sha256))
        .select_related("region__parent__parent", "asked_by")
        .order_by("id")
        .first()
    )
    if export is None or export.as_of is None:
        return None
    return Paper(
        what=export.get_kind_display(),
        region=export.region,
        first_month=export.first_month,
        last_month=export.last_month,
        made_at=export.as_of,
        hashes=[
            (_("Hash of the content"), export.content_sha256),
            (_("Hash of the file"), export.file_sha256),
        ],
        channel=export.get_channel_display() if export.channel else "",
        asked_by=export.asked_by,
    )
