"""What screening refuses."""

from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.errors import DomainError


class AlreadyFlagged(DomainError):
    """A cadre doubts this sale already."""

    code = "already_flagged"
    sentence = _("This sale is flagged by a cadre already.")


class NotASale(DomainError):
    """Nothing was paid."""

    code = "not_a_sale"
    sentence = _("This order is not paid: there is no sale to hold.")


class NoSuchOrder(DomainError):
    """No order of this number, or none of the cadre's region."""

    code = "no_such_order_here"
    status = 404
    sentence = _("Your region has no order of this number. Look at the number again.")


class ReasonMissing(DomainError):
    """No reason was stated."""

    code = "screening_reason_missing"
    status = 400
    sentence = _("Say why.")


class OfTheSameUnit(DomainError):
    """The decision is for a cadre of another unit."""

    code = "flag_of_the_same_unit"
    status = 403
    sentence = _(
        "A cadre of another unit decides: of the town or district, not of the producer's, the "
        "host's or the raiser's own."
    )


class AlreadyDecided(DomainError):
    """Somebody has decided about the flag."""

    code = "flag_already_decided"
    sentence = _("This flag has been decided already. Look at the page again.")


class ParametersWrong(DomainError):
    """A rule's figures are whole numbers."""

    code = "screening_parameters_wrong"
    status = 400
    sentence = _("Each figure is a whole number, 0 or more.")
