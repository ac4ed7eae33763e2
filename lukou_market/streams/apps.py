"""The app's name on screens."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StreamsConfig(AppConfig):
    """Live sessions."""

    name = "lukou_market.streams"
    verbose_name = _("Live sessions")
