"""The app's name on screens."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    """The book."""

    name = "lukou_market.ledger"
    verbose_name = _("The book")
