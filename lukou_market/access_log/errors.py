"""Why something is not recorded, and so not done."""

from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.errors import DomainError


class LookNeedsReason(DomainError):
    code = "look_needs_reason"
    status = 400
    sentence = _("Please say why you need to see this.")
