"""Why a target is not approved."""

from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.errors import DomainError


class ProposerNeverApproves(DomainError):
    code = "proposer_never_approves"
    sentence = _("Who proposed a target does not approve it: another cadre of the district does.")


class TargetNotNewest(DomainError):
    code = "target_not_newest"
    sentence = _("A newer version of this target was proposed: look at that one.")


class TargetApproved(DomainError):
    code = "target_approved"
    sentence = _("This version of the target is approved already.")
