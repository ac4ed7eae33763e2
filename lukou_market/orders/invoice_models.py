"""Whom an invoice is made out to, when an organisation buys."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.triggers import never_removed


class Invoice(models.Model):
    """The title (抬头) an order's invoice carries, with the organisation's tax number."""

    order = models.OneToOneField(
        "orders.Order", models.PROTECT, related_name="invoice", verbose_name=_("Order")
    )
    title = models.CharField(_("Invoice title"), max_length=100)
    tax_number = models.CharField(_("Tax number"), max_length=20)

    class Meta:
        verbose_name = _("Invoice title")
        verbose_name_plural = _("Invoice titles")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="invoice_tax_number", condition=Q(tax_number__regex=r"^[0-9A-Z]{15,20}$")
            )
        ]
        triggers = never_removed("invoice_stays")

    def __str__(self) -> str:
        return self.title
