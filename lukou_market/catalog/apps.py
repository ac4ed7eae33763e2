"""The app's name on screens."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    """Products."""

    name = "lukou_market.catalog"
    verbose_name = _("Products")
