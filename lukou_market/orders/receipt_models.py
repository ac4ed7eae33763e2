"""The link to an order's receipt, which whoever holds it may open."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.encryption import EncryptedTextField
from lukou_market.kernel.triggers import frozen_columns, refusal


class ReceiptLink(models.Model):
    """A secret that opens one order's receipt until its buyer ends it; one at a time.

    Found by its digest. The token itself is kept encrypted, so that the buyer can share the
    link again, and is forgotten when the link ends.
    """

    order = models.ForeignKey("Order", models.PROTECT, related_name="receipt_links")
    token = EncryptedTextField(blank=True, default="")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("Made at"))
    ended_at = models.DateTimeField(_("Ended at"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="receipt_link_one_open", fields=["order"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="receipt_link_ends_after_it_began",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("made_at")),
            ),
            models.CheckConstraint(
                name="receipt_link_forgotten_when_ended",
                condition=Q(ended_at=None) & ~Q(token="") | Q(ended_at__isnull=False, token=""),
            ),
        ]
        triggers = [
            frozen_columns("receipt_link_kept", "order_id", "token_digest", "made_at"),
            pgtrigger.Trigger(
                name="receipt_link_ended_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_at__isnull=False),
                func=f"""
                    {refusal("receipt_link_ended_once", "a link that has ended stays ended")}
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}"
