"""The app's name on screens."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CadreConfig(AppConfig):
    """The cadre's desk."""

    name = "lukou_market.cadre"
    verbose_name = _("The cadre's desk")
