"""Why a trace is refused."""

from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.errors import DomainError


class HouseholdNotFound(DomainError):
    """No such household, or one outside the asker's region: both look the same."""

    code = "household_not_found"
    status = 404
    sentence = _("This household does not exist, or is not of your region.")
