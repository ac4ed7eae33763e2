"""Why a step of a village's report is refused: codes for programs, sentences for people."""

from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.errors import DomainError


class NotYourLevel(DomainError):
    """Neither a cadre of the level that takes this step, for this village, nor a deputy of one."""

    code = "not_your_level"
    status = 403
    sentence = _(
        "The village prepares, its town reviews, the district approves and publishes: "
        "this step is not yours."
    )


class PreparerNeverReviews(DomainError):
    code = "preparer_never_reviews"
    status = 403
    sentence = _(
        "Who prepared a report, or for whom it was prepared, neither reviews nor approves."
    )


class ReviewerNeverApproves(DomainError):
    code = "reviewer_never_approves"
    status = 403
    sentence = _("Who reviewed a report, or for whom it was reviewed, does not approve it.")


class AlreadyPrepared(DomainError):
    code = "report_already_prepared"
    sentence = _("This month's report is on its way already. A new version follows a returned one.")


class StepNotDue(DomainError):
    code = "report_step_not_due"
    sentence = _("The report does not wait for this step (any more). Please look at it again.")


class OtherReport(DomainError):
    """The form names another hash than the report has."""

    code = "report_other_hash"
    sentence = _("This is not the version you looked at. Please look at it again.")


class FiguresMoved(DomainError):
    """The book of the month has other figures of the village than the report."""

    code = "figures_moved"
    sentence = _(
        "The book has moved since this report was prepared. "
        "Return it, so that the village prepares a new version."
    )


class MonthNotClosed(DomainError):
    code = "month_not_closed"
    sentence = _("The district has not signed this month yet: reports are approved after that.")


class FiguresDiffer(DomainError):
    """The signed period has other figures of the village than the report."""

    code = "figures_differ"
    sentence = _(
        "The figures differ from those of the signed month. "
        "Return the report, so that the village prepares a new version."
    )


class ReturnReasonMissing(DomainError):
    code = "return_reason_missing"
    sentence = _("Please say why the report is returned.")


class DeputyRefused(DomainError):
    """Not set by the principal or the level above, or for a place the principal doesn't hold."""

    code = "deputy_refused"
    status = 403
    sentence = _(
        "A deputy is set by the principal, or by a cadre of the level above, for a region whose "
        "cadre the principal is; superusers and auditors stand in for nobody."
    )
