"""The app's name on screens."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessLogConfig(AppConfig):
    """Who looked at personal data, took an export or signed in."""

    name = "lukou_market.access_log"
    verbose_name = _("Access log")
