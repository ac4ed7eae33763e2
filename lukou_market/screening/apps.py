"""The app's name on screens."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScreeningConfig(AppConfig):
    """Sales that look like wash trading, held until somebody clears them."""

    name = "lukou_market.screening"
    verbose_name = _("Screening")
