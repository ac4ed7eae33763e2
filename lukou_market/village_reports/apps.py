"""The app's name on screens."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VillageReportsConfig(AppConfig):
    """A village's month: prepared, reviewed, approved and published."""

    name = "lukou_market.village_reports"
    verbose_name = _("Village reports")
