"""The app's name on screens."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AddressesConfig(AppConfig):
    """Buyers' addresses."""

    name = "lukou_market.addresses"
    verbose_name = _("Addresses")
