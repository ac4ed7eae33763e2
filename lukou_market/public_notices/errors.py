"""What notices, objections and statement cards are refused for."""

from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.errors import DomainError


class ReportNotPublished(DomainError):
    code = "report_not_published"
    sentence = _(
        "The village's report of this month is not approved yet: there is nothing to post."
    )


class AlreadyPosted(DomainError):
    code = "already_posted"
    sentence = _("These figures are posted already.")


class NotYourVillage(DomainError):
    code = "not_your_village"
    status = 403
    sentence = _("Only a cadre in charge of this village may do this.")


class NoticeClosed(DomainError):
    """Its days are over, or another notice has replaced it."""

    code = "notice_closed"
    sentence = _(
        "The time for objections to this notice is over. The village's desk still listens."
    )


class TextMissing(DomainError):
    code = "text_missing"
    status = 400
    sentence = _("Please say what seems wrong.")


class HandlerIsPreparer(DomainError):
    code = "handler_is_preparer"
    status = 403
    sentence = _("Who prepared or posted these figures doesn't decide about objections to them.")


class HandlerLevel(DomainError):
    code = "handler_level"
    status = 403
    sentence = _("Objections are handled by the town or the district, never by the village itself.")


class ObjectionMoved(DomainError):
    """Somebody else was first."""

    code = "objection_moved"
    sentence = _("This objection has been dealt with meanwhile.")


class AnswerMissing(DomainError):
    code = "answer_missing"
    status = 400
    sentence = _("An answer needs words; one that agrees says what follows as well.")


class ProofDayWrong(DomainError):
    code = "proof_day_wrong"
    status = 400
    sentence = _("The photo's day lies between the posting and today.")


class EnoughPhotos(DomainError):
    code = "enough_photos"
    sentence = _("There are enough photos of this notice.")


class CardNotFound(DomainError):
    code = "card_not_found"
    status = 404
    sentence = _("There is no statement with this number.")


class PrintNeedsReason(DomainError):
    code = "print_needs_reason"
    status = 400
    sentence = _("Please say what the cards are printed for.")


class NoHouseholds(DomainError):
    code = "no_households"
    status = 400
    sentence = _("No household is registered in this village. Add one under Households.")


class TooManyTries(DomainError):
    code = "too_many_tries"
    status = 429
    sentence = _("Too many tries from here. Please wait an hour.")
