"""The app's name on screens."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AidConfig(AppConfig):
    """Aid totals."""

    name = "lukou_market.aid"
    verbose_name = _("Aid totals")
