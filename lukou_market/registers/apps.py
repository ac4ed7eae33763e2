"""The app's name on screens."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistersConfig(AppConfig):
    """Registers read from officials' spreadsheets."""

    name = "lukou_market.registers"
    verbose_name = _("Registers")
