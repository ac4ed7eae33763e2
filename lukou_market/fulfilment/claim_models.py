"""Claims for spoiled goods, with the photos that show them."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.triggers import append_only, frozen_columns, never_removed
from lukou_market.payments.models import Refund


class Claim(models.Model):
    """A request for money back for the part of the goods that came spoiled (坏果包赔).

    Nobody's decision by `decide_by` is a yes up to a limit; above it the claim is passed on to
    the cadres (`escalated_at`).
    """

    refund = models.OneToOneField(
        Refund, models.PROTECT, related_name="claim", verbose_name=_("Refund")
    )
    spoiled_g = models.PositiveIntegerField(_("Spoiled weight (g)"))
    of_g = models.PositiveIntegerField(_("Packed weight (g)"))
    decide_by = models.DateTimeField(_("Decide by"))
    decided_by_time = models.BooleanField(_("Granted because nobody decided"), default=False)
    escalated_at = models.DateTimeField(_("Passed on to the cadres at"), null=True)

    class Meta:
        verbose_name = _("Claim")
        verbose_name_plural = _("Claims")
        ordering = ["-id"]
        indexes = [
            models.Index(
                name="claim_to_decide",
                fields=["decide_by"],
                condition=Q(escalated_at=None, decided_by_time=False),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="claim_spoiled_within_packed",
                condition=Q(spoiled_g__gt=0, of_g__gte=models.F("spoiled_g")),
            ),
            models.CheckConstraint(
                name="claim_granted_or_passed_on",
                condition=Q(decided_by_time=False) | Q(escalated_at=None),
            ),
        ]
        triggers = [
            frozen_columns("claim_terms_kept", "refund_id", "spoiled_g", "of_g", "decide_by"),
            *never_removed("claim_stays"),
        ]

    def __str__(self) -> str:
        return str(self.refund.payment.order)


class ClaimPhoto(models.Model):
    """A photo of a claim: drawn again by us, kept in `settings.PRIVATE_DIR` under its key."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="photos", verbose_name=_("Claim"))
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64)
    width = models.PositiveIntegerField(_("Width (pixels)"))
    height = models.PositiveIntegerField(_("Height (pixels)"))

    class Meta:
        verbose_name = _("Photo of a claim")
        verbose_name_plural = _("Photos of claims")
        ordering = ["id"]
        triggers = append_only("claim_photo_kept")

    def __str__(self) -> str:
        return str(self.key)
