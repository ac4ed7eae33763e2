"""Why a sign-in is refused."""

from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.errors import DomainError


class PhoneWrong(DomainError):
    code = "phone_wrong"
    status = 400
    sentence = _("This is not a mobile phone number of mainland China.")


class CodeWrong(DomainError):
    """Wrong, expired, used, tried too often or never sent: an outsider can't tell which."""

    code = "code_wrong"
    status = 400
    sentence = _("The code is wrong or no longer valid. Please ask for a new one.")


class AccountClosed(DomainError):
    """Only told to who holds the phone."""

    code = "account_closed"
    status = 403
    sentence = _("This account has been closed.")


class RefreshRefused(DomainError):
    code = "refresh_refused"
    status = 401
    sentence = _("Please sign in again.")
