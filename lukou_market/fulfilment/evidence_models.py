"""Who took the evidence on a dispute out of the shop, and why."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.models import User
from lukou_market.kernel.triggers import append_only
from lukou_market.payments.models import Dispute


class EvidencePack(models.Model):
    """One export: who, when, why, and what it said (its SHA-256). For good."""

    dispute = models.ForeignKey(
        Dispute, models.PROTECT, related_name="evidence_packs", verbose_name=_("Dispute")
    )
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Taken by"))
    taken_at = models.DateTimeField(_("Taken at"))
    reason = models.CharField(_("Reason"), max_length=120)
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = _("Evidence pack")
        verbose_name_plural = _("Evidence packs")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="evidence_pack_reason", condition=Q(reason__regex=r"\S"))
        ]
        triggers = append_only("evidence_pack_kept")

    def __str__(self) -> str:
        return str(self.dispute)
