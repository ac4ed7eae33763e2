"""The file of an export, for who asked for it, while their region still covers it."""

from pathlib import Path

from lukou_market.accounts.models import User
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.reports.export_errors import ExportNotReady
from lukou_market.reports.export_models import Export
from lukou_market.reports.run_exports import exports_dir


def find_export(*, export_id: int, by: User, jurisdiction: Jurisdiction) -> Export | None:
    """The person's own, inside their region; None hides all others."""
    rows = Export.objects.select_related("region__parent__parent").filter(asked_by=by)
    return jurisdiction.scope(rows, "region_id").filter(pk=export_id).first()


def file_of(export: Export) -> Path:
    """Where it lies. Raises ExportNotReady."""
    path = exports_dir() / export.path
    if export.status != Export.Status.READY or not export.path or not path.is_file():
        raise ExportNotReady
    return path
