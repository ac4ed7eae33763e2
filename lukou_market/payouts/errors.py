"""What pay-outs are refused for."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.errors import DomainError


class NothingToPay(DomainError):
    """No household of the region has a balance, an account, and no open line."""

    code = "nothing_to_pay"
    sentence = _(
        "No household here has money to be paid: balances are zero, reserved by an open line, "
        "or the household has no bank account registered."
    )


class SamePerson(DomainError):
    """Who prepared a line decides on it."""

    code = "same_person"
    sentence = _("Who prepared a pay-out can't confirm or bounce it: ask a colleague.")


class AlreadyDecided(DomainError):
    """A line was decided otherwise before."""

    code = "already_decided"
    sentence = _("A line was confirmed or bounced before. Nothing was changed.")


class NotSent(DomainError):
    """Confirmed before there was a file for the bank."""

    code = "not_sent"
    sentence = _("No bank file was created of this batch yet, so the bank can't have paid it.")


class AlreadyAnswered(DomainError):
    """A bank file of a batch whose lines the bank has answered: it would be paid twice."""

    code = "already_answered"
    sentence = _("The bank has answered this batch already: sent again, it could be paid twice.")


class ReasonMissing(DomainError):
    """A file with account numbers, or a bounce, without a reason."""

    code = "reason_missing"
    sentence = _("A reason is required.")


class ResultRefused(DomainError):
    """The bank's result file doesn't fit; `row` is the line of the file, 1 its header."""

    code = "result_refused"

    def __init__(self, row: int, problem: Any) -> None:
        super().__init__(row=row, problem=str(problem))

    def __str__(self) -> str:
        said = _("Row %(row)s of the result file: %(problem)s Nothing was changed.")
        return str(said % self.detail)
