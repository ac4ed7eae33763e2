"""Admin of what the reports keep."""

from lukou_market.reports.target_admin import AidTargetAdmin

__all__ = ["AidTargetAdmin"]
