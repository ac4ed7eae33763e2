"""The app's name on screens."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """The reports that officials know, and their files."""

    name = "lukou_market.reports"
    verbose_name = _("Reports")
