"""The app's name on screens."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People and roles."""

    name = "lukou_market.accounts"
    verbose_name = _("People and roles")
