"""A worker writes the long exports that wait: claimed by a row, begun again if a worker dies."""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lukou_market.kernel.errors import DomainError
from lukou_market.reports.count_rows import rows_expected
from lukou_market.reports.export_errors import WriterBroke
from lukou_market.reports.export_models import Export
from lukou_market.reports.kinds import Kind
from lukou_market.reports.write_export import Writer, write_export

logger = logging.getLogger(__name__)

_CLAIMED_FOR = timedelta(minutes=5)
_TRIES = 3


class LostClaim(Exception):
    """Another worker has taken over."""


def run_next_export(
    *, now: datetime, kinds: Collection[str] = Kind.values, write: Writer = write_export
) -> bool:
    """Write the next one of these kinds that is due; return whether there was one."""
    export = _claim(now, kinds)
    if export is None:
        return False
    try:
        _write(export, now, write)
    except LostClaim:
        logger.warning("export %s was taken over", export.pk)
    except DomainError as refusal:
        _change(export, status=Export.Status.FAILED, refusal=refusal.code)
    except Exception:
        logger.exception("export %s broke", export.pk)
        if export.attempts >= _TRIES:
            _change(export, status=Export.Status.FAILED, refusal=WriterBroke.code)
    return True


def exports_dir() -> Path:
    """Where the files lie: no web server serves them."""
    return Path(settings.PRIVATE_DIR) / "exports"


@transaction.atomic
def _claim(now: datetime, kinds: Collection[str]) -> Export | None:
    due = Q(status=Export.Status.WAITING) | Q(status=Export.Status.RUNNING, claimed_until__lt=now)
    export = (
        Export.objects.filter(due, kind__in=kinds)
        .select_related("region__parent__parent")
        .order_by("id")
        .select_for_update(skip_locked=True, of=("self",), no_key=True)
        .first()
    )
    if export is None:
        return None
    export.attempts += 1
    export.status, export.claimed_until = Export.Status.RUNNING, now + _CLAIMED_FOR
    export.done_rows = 0
    export.save()
    return export


def _write(export: Export, now: datetime, write: Writer) -> None:
    _change(export, of_rows=rows_expected(export))
    path = exports_dir() / f"{token_hex(16)}.{export.file_format}"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)

    def tell(rows: int) -> None:
        _change(export, done_rows=rows, claimed_until=timezone.now() + _CLAIMED_FOR)

    try:
        written = write(export, path, now=now, tell=tell)
        _change(
            export,
            status=Export.Status.READY,
            as_of=now,
            done_rows=written.rows,
            of_rows=written.rows,
            content_sha256=written.content_sha256,
            file_sha256=written.file_sha256,
            path=path.name,
        )
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _change(export: Export, **values: Any) -> None:
    """Only as long as the claim is ours. Raises LostClaim."""
    mine = Export.objects.filter(
        pk=export.pk, status=Export.Status.RUNNING, attempts=export.attempts
    )
    if not mine.update(**values):
        raise LostClaim
