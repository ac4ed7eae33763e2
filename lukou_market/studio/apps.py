"""The app's name on screens."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StudioConfig(AppConfig):
    """Studio."""

    name = "lukou_market.studio"
    verbose_name = _("Studio")
