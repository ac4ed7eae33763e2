"""What the reports keep of their own."""

from lukou_market.registers.track import track
from lukou_market.reports.export_models import Export
from lukou_market.reports.target_models import AidTarget

__all__ = ["AidTarget", "Export"]

track(AidTarget, app_label="reports")
