"""The app's name on screens."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PaymentsConfig(AppConfig):
    """Payments."""

    name = "lukou_market.payments"
    verbose_name = _("Payments")
