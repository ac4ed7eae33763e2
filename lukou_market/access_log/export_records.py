"""Chosen records of the access log as CSV; taking them is a record itself."""

import csv
from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from lukou_market.access_log.models import AccessRecord, Action
from lukou_market.access_log.record_access import record_access
from lukou_market.access_log.words import in_words

_MOST_ROWS = 100_000
_BYTE_ORDER_MARK = "\ufeff"  # spreadsheets take the file for UTF-8 by it


class _Line:
    """What csv writes into: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def export_records(request: HttpRequest, records: QuerySet[AccessRecord]) -> StreamingHttpResponse:
    """The newest 100,000 of `records`, read as they are sent."""
    asked = request.META.get("QUERY_STRING", "")
    record_access(actor=request.user, action=Action.EXPORTED, subject=f"access log ?{asked}")
    response = StreamingHttpResponse(_lines(records), content_type="text/csv; charset=utf-8")
    name = f"access-log-{timezone.localtime():%Y%m%d-%H%M}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def _lines(records: QuerySet[AccessRecord]) -> Iterator[str]:
    writer = csv.writer(_Line())
    heading = [_("Time"), _("Person"), _("Action"), _("Subject"), _("Region"), _("Reason")]
    yield _BYTE_ORDER_MARK + writer.writerow(heading)
    for record in records[:_MOST_ROWS].iterator(chunk_size=2000):
        yield writer.writerow([_plain(cell) for cell in _cells(record)])


def _cells(record: AccessRecord) -> list[str]:
    who = record.actor.get_username() or str(record.actor) if record.actor else ""
    at = timezone.localtime(record.at).isoformat(sep=" ", timespec="seconds")
    action = str(record.get_action_display())
    subject, reason = in_words(record.subject), in_words(record.reason)
    return [at, who, action, subject, record.region_code, reason]


def _plain(cell: str) -> str:
    """A spreadsheet must not take what somebody typed for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
