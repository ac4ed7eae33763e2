"""Why a trace is refused, or a period not closed: codes for programs, sentences for people."""

from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.errors import DomainError


class HouseholdNotFound(DomainError):
    """No such household, or one outside the asker's region: both look the same."""

    code = "household_not_found"
    status = 404
    sentence = _("This household does not exist, or is not of your region.")


class MonthNotOver(DomainError):
    code = "month_not_over"
    sentence = _("This month is not over yet.")


class MonthNotNext(DomainError):
    code = "month_not_next"
    sentence = _("Months are closed in order: an earlier one is still open, or this one is signed.")


class BeingChecked(DomainError):
    code = "period_being_checked"
    sentence = _("The books of this month are being checked. Please wait for the result.")


class NotPrepared(DomainError):
    code = "period_not_prepared"
    sentence = _("This month waits for no signature: it has to be prepared first.")


class PreparerNeverSigns(DomainError):
    code = "preparer_never_signs"
    sentence = _("Who prepared a month does not sign it: another cadre of the district does.")


class PeriodChanged(DomainError):
    """The book of the month has grown since the figures were prepared."""

    code = "period_changed"
    sentence = _("Something was booked in this month since it was prepared. Please prepare again.")


class Unexplained(DomainError):
    """`detail["findings"]` lists what is unexplained: check, reference, difference_fen."""

    code = "period_unexplained"
    sentence = _("Something in this month is unexplained. It has to be settled first.")
