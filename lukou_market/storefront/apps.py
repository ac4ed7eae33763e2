"""The app's name on screens."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StorefrontConfig(AppConfig):
    """Shop."""

    name = "lukou_market.storefront"
    verbose_name = _("Shop")
