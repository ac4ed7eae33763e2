"""The app's name on screens."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicNoticesConfig(AppConfig):
    """What is posted for the village to read, and the objections to it."""

    name = "lukou_market.public_notices"
    verbose_name = _("Public notices")
