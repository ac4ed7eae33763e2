"""The app's name on screens."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HouseholdsConfig(AppConfig):
    """Households and producers."""

    name = "lukou_market.households"
    verbose_name = _("Households and producers")
