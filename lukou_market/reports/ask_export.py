"""Ask for a report as a file: a short one comes at once, a long one is left to a worker."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction

from lukou_market.access_log.models import Action
from lukou_market.access_log.record_access import record_access
from lukou_market.accounts.models import User
from lukou_market.reports.catalogue import REPORTS
from lukou_market.reports.display import Display
from lukou_market.reports.export_errors import TooManyExports
from lukou_market.reports.export_models import Export
from lukou_market.reports.kinds import FileFormat, Kind
from lukou_market.reports.question import Question
from lukou_market.reports.write_export import Writer, write_export

_AT_ONCE = 3
_OPEN = (Export.Status.WAITING, Export.Status.RUNNING)


def is_long(kind: Kind) -> bool:
    """Whether a worker writes it."""
    return REPORTS[kind].is_long


@transaction.atomic
def ask_export(
    *,
    kind: str,
    file_format: FileFormat,
    question: Question,
    display: Display,
    by: User,
    now: datetime,
    action: Action = Action.EXPORTED,
    reason: str = "",
) -> Export:
    """Have a worker write it; asking again for what is not yet written gives the same one.

    Raises TooManyExports.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    wanted = _new(kind, file_format, question, display, by, now)
    waiting = list(Export.objects.filter(asked_by=by, status__in=_OPEN).order_by("id"))
    for export in waiting:
        if (export.name, export.subject, export.display) == (
            wanted.name,
            wanted.subject,
            wanted.display,
        ):
            return export
    if len(waiting) >= _AT_ONCE:
        raise TooManyExports
    _record(wanted, action, reason)
    wanted.save()
    return wanted


def export_now(
    *,
    kind: str,
    file_format: FileFormat,
    question: Question,
    display: Display,
    by: User,
    now: datetime,
    action: Action = Action.EXPORTED,
    reason: str = "",
    write: Writer = write_export,
) -> tuple[Export, bytes]:
    """The file itself, of which only what it was is kept. Raises ExportTooLong."""
    export = _new(kind, file_format, question, display, by, now)
    with TemporaryDirectory() as folder:
        path = Path(folder) / export.name
        written = write(export, path, now=now, tell=lambda rows: None)
        content = path.read_bytes()
    export.status, export.as_of = Export.Status.READY, now
    export.done_rows = export.of_rows = written.rows
    export.content_sha256, export.file_sha256 = written.content_sha256, written.file_sha256
    with transaction.atomic():
        _record(export, action, reason)
        export.save()
    return export, content


def _new(
    kind: str,
    file_format: FileFormat,
    question: Question,
    display: Display,
    by: User,
    now: datetime,
) -> Export:
    return Export(
        kind=kind,
        file_format=file_format,
        region=question.region,
        first_month=question.first_month,
        last_month=question.last_month,
        channel=question.channel,
        money=display.money,
        weight=display.weight,
        asked_by=by,
        asked_at=now,
    )


def _record(export: Export, action: Action, reason: str) -> None:
    record_access(
        actor=export.asked_by,
        action=action,
        subject=export.subject,
        region_code=export.region_id,
        reason=reason,
    )
