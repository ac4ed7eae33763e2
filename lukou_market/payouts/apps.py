"""The app's name on screens."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PayoutsConfig(AppConfig):
    """Pay-outs."""

    name = "lukou_market.payouts"
    verbose_name = _("Pay-outs")
