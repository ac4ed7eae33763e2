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


class MessageNotSent(DomainError):
    """The same for every phone."""

    code = "message_not_sent"
    status = 503
    sentence = _("The message could not be sent. Please try again in a few minutes.")


class AccountClosed(DomainError):
    """Only told to who holds the phone."""

    code = "account_closed"
    status = 403
    sentence = _("This account has been closed.")


class AccountInUse(DomainError):
    code = "account_in_use"
    sentence = _("An order is under way, or you hold a role. Please wait, or ask the district.")


class RefreshRefused(DomainError):
    code = "refresh_refused"
    status = 401
    sentence = _("Please sign in again.")


class WrongCode(DomainError):
    """Wrong, too old or used already."""

    code = "second_factor_wrong"
    status = 400
    sentence = _("This code is wrong or was used already. Wait for the next one in your app.")


class NoSecondFactor(DomainError):
    code = "second_factor_missing"
    status = 403
    sentence = _("You have no authenticator app registered. Please sign in again to register one.")


class TooManyTries(DomainError):
    """`retry_after_s` says when."""

    code = "too_many_tries"
    status = 429
    sentence = _("Too many wrong codes. Please wait %(seconds)s seconds.")

    def __str__(self) -> str:
        return str(self.sentence) % {"seconds": self.detail["retry_after_s"]}


class AlreadyEnrolled(DomainError):
    code = "already_enrolled"
    sentence = _("An authenticator app is registered already.")


class PasswordWrong(DomainError):
    """The same for a name that nobody has, and for who is no staff."""

    code = "password_wrong"
    status = 400
    sentence = _("User name or password is wrong.")


class LockedOut(DomainError):
    """`minutes` says for how long."""

    code = "locked_out"
    status = 429
    sentence = _(
        "Too many wrong passwords. Sign-in is locked for %(minutes)s minutes; "
        "the administrator can unlock it."
    )

    def __str__(self) -> str:
        return str(self.sentence) % {"minutes": self.detail["minutes"]}
