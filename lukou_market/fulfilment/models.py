"""Parcels: packed by weight in the village, handed to a carrier."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.models import User
from lukou_market.orders.models import Order


class Carrier(models.TextChoices):
    """Who brings the parcel."""

    EMS = "ems", _("EMS")
    SF = "sf", _("SF Express")
    YUNDA = "yunda", _("Yunda")
    SELF = "self", _("Own delivery")


class Shipment(models.Model):
    """The parcel of an order, with what the scales said."""

    order = models.OneToOneField(
        Order, models.PROTECT, related_name="shipment", verbose_name=_("Order")
    )
    packed_g = models.PositiveIntegerField(_("Packed weight (g)"))
    packed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Packed by")
    )
    packed_at = models.DateTimeField(_("Packed at"))
    carrier = models.CharField(_("Carrier"), max_length=8, choices=Carrier, blank=True)
    tracking_number = models.CharField(_("Tracking number"), max_length=40, blank=True)
    shipped_at = models.DateTimeField(_("Shipped at"), null=True)

    class Meta:
        verbose_name = _("Shipment")
        verbose_name_plural = _("Shipments")
        constraints = [
            models.CheckConstraint(name="shipment_weight_positive", condition=Q(packed_g__gt=0)),
            models.CheckConstraint(
                name="shipment_shipped_with_carrier",
                condition=Q(shipped_at__isnull=True, carrier="", tracking_number="")
                | (Q(shipped_at__isnull=False) & ~Q(carrier="") & ~Q(tracking_number="")),
            ),
            models.UniqueConstraint(
                name="shipment_tracking_once",
                fields=["carrier", "tracking_number"],
                condition=~Q(tracking_number=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.tracking_number}".strip()
