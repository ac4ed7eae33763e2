"""Sales that did not go through the shop: what was written down of them, and of their reversal."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.models import User
from lukou_market.kernel.triggers import append_only

_RECEIPT = r"^[0-9A-Z/_.-]{3,40}$"


class DirectSale(models.Model):
    """A sale offline, to a union or budget unit, or on the 832 platform, by its receipt.

    Its money went to the producer. The order beside it stands in the book as any other.
    """

    order = models.OneToOneField(
        "orders.Order", models.PROTECT, related_name="direct_sale", verbose_name=_("Order")
    )
    receipt_number = models.CharField(_("Receipt number"), max_length=40)
    sold_on = models.DateField(_("Sold on"))
    buyer_name = models.CharField(_("Buyer"), max_length=60)
    proof = models.CharField(_("Invoice or contract"), max_length=60)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Recorded by")
    )
    recorded_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        verbose_name = _("Direct sale")
        verbose_name_plural = _("Direct sales")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(name="direct_sale_once", fields=["receipt_number"]),
            models.CheckConstraint(
                name="direct_sale_receipt", condition=Q(receipt_number__regex=_RECEIPT)
            ),
        ]
        triggers = append_only("direct_sale_kept")

    def __str__(self) -> str:
        return self.receipt_number


class DirectReversal(models.Model):
    """The whole of a direct sale taken back: a correction is this, and a new sale."""

    sale = models.OneToOneField(
        DirectSale, models.PROTECT, related_name="reversal", verbose_name=_("Direct sale")
    )
    receipt_number = models.CharField(_("Receipt number"), max_length=40)
    reversed_on = models.DateField(_("Reversed on"))
    proof = models.CharField(_("Invoice or contract"), max_length=60)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Recorded by")
    )
    recorded_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        verbose_name = _("Reversal of a direct sale")
        verbose_name_plural = _("Reversals of direct sales")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(name="direct_reversal_once", fields=["receipt_number"]),
            models.CheckConstraint(
                name="direct_reversal_receipt", condition=Q(receipt_number__regex=_RECEIPT)
            ),
        ]
        triggers = append_only("direct_reversal_kept")

    def __str__(self) -> str:
        return self.receipt_number
