"""The app's name on screens."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegionsConfig(AppConfig):
    """Regions."""

    name = "lukou_market.regions"
    verbose_name = _("Regions")
