"""The app's name on screens."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FulfilmentConfig(AppConfig):
    """Parcels."""

    name = "lukou_market.fulfilment"
    verbose_name = _("Parcels")
