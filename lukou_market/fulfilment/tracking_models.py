"""What carriers say of parcels."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.triggers import append_only


class TrackingEvent(models.Model):
    """One scan, as the carrier told it."""

    DELIVERED, RETURNED = "delivered", "returned"

    shipment = models.ForeignKey(
        "fulfilment.Shipment", models.PROTECT, related_name="scans", verbose_name=_("Shipment")
    )
    code = models.CharField(_("Event"), max_length=20)
    occurred_at = models.DateTimeField(_("Happened at"))
    place = models.CharField(_("Place"), max_length=60, blank=True)
    text = models.CharField(_("Text"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Tracking event")
        verbose_name_plural = _("Tracking events")
        ordering = ["occurred_at", "id"]
        constraints = [
            models.UniqueConstraint(
                name="tracking_event_once", fields=["shipment", "code", "occurred_at"]
            )
        ]
        triggers = append_only("tracking_event_kept")

    def __str__(self) -> str:
        return f"{self.shipment}: {self.code}"
