"""Parcels: packed by weight in the village, handed to a carrier."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.models import User
from lukou_market.fulfilment.claim_models import Claim, ClaimPhoto
from lukou_market.fulfilment.evidence_models import EvidencePack
from lukou_market.fulfilment.tracking_models import TrackingEvent
from lukou_market.kernel.triggers import append_only, frozen_columns, never_removed
from lukou_market.orders.models import Order

__all__ = [
    "Carrier",
    "Claim",
    "ClaimPhoto",
    "EvidencePack",
    "LabelPrint",
    "Shipment",
    "TrackingEvent",
]


# The boxes of each line are those after the lines before it.
_COUNT_SHIPPED_UNITS = """
    UPDATE orders_orderline line
    SET shipped_quantity = shipped_quantity
        + least(NEW.first_box + NEW.boxes - 1, before + quantity)
        - greatest(NEW.first_box - 1, before)
    FROM (SELECT id, sum(quantity) OVER (ORDER BY id) - quantity AS before
          FROM orders_orderline WHERE order_id = NEW.order_id) AS counted
    WHERE line.id = counted.id
        AND before < NEW.first_box + NEW.boxes - 1 AND before + quantity > NEW.first_box - 1;
    RETURN NULL;
"""


class Carrier(models.TextChoices):
    """Who brings the parcel."""

    EMS = "ems", _("EMS")
    SF = "sf", _("SF Express")
    YUNDA = "yunda", _("Yunda")
    SELF = "self", _("Own delivery")


class Shipment(models.Model):
    """A parcel with `boxes` boxes of an order, from its box `first_box` on, and their weight.

    The boxes of an order are counted from 1 in the order of its lines. `ordered_g` is what these
    boxes should weigh, `lighter_fen` what went back to the buyer because they weigh less. A
    parcel that `closes` its order is the last one. A carrier's number is typed when it leaves, or
    `booked_at` the carrier before.
    """

    order = models.ForeignKey(
        Order, models.PROTECT, related_name="shipments", verbose_name=_("Order"), db_index=False
    )
    first_box = models.PositiveIntegerField(_("First box"))
    boxes = models.PositiveIntegerField(_("Boxes"))
    of_boxes = models.PositiveIntegerField(_("Boxes of the order"))
    closes = models.BooleanField(_("Last parcel"))
    ordered_g = models.PositiveIntegerField(_("Ordered weight (g)"))
    packed_g = models.PositiveIntegerField(_("Packed weight (g)"))
    lighter_fen = models.PositiveBigIntegerField(_("Given back (fen)"), default=0)
    packed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Packed by")
    )
    packed_at = models.DateTimeField(_("Packed at"))
    carrier = models.CharField(_("Carrier"), max_length=8, choices=Carrier, blank=True)
    tracking_number = models.CharField(
        _("Tracking number"), max_length=40, blank=True, db_collation="C"
    )
    booked_at = models.DateTimeField(_("Booked at"), null=True)
    shipped_at = models.DateTimeField(_("Shipped at"), null=True)
    asked_at = models.DateTimeField(_("Carrier last asked at"), null=True)
    delivered_at = models.DateTimeField(_("Delivered at"), null=True)

    class Meta:
        verbose_name = _("Shipment")
        verbose_name_plural = _("Shipments")
        ordering = ["order", "first_box"]
        constraints = [
            models.CheckConstraint(name="shipment_weight_positive", condition=Q(packed_g__gt=0)),
            models.CheckConstraint(
                name="shipment_boxes_within_order",
                condition=Q(
                    first_box__gt=0,
                    boxes__gt=0,
                    of_boxes__gte=F("first_box") + F("boxes") - 1,
                ),
            ),
            models.CheckConstraint(
                name="shipment_only_lighter_gives_back",
                condition=Q(lighter_fen=0) | Q(packed_g__lt=F("ordered_g")),
            ),
            models.UniqueConstraint(
                name="shipment_one_closes", fields=["order"], condition=Q(closes=True)
            ),
            ExclusionConstraint(
                name="shipment_box_once",
                expressions=[
                    (Func("order_id", "order_id", Value("[]"), function="int8range"), "&&"),
                    (Func("first_box", F("first_box") + F("boxes"), function="int4range"), "&&"),
                ],
            ),
            models.CheckConstraint(
                name="shipment_shipped_with_carrier",
                condition=Q(shipped_at=None, booked_at=None, carrier="", tracking_number="")
                | (
                    (Q(shipped_at__isnull=False) | Q(booked_at__isnull=False))
                    & ~Q(carrier="")
                    & ~Q(tracking_number="")
                ),
            ),
            models.CheckConstraint(
                name="shipment_delivered_once_shipped",
                condition=Q(delivered_at__isnull=True) | Q(shipped_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="shipment_tracking_once",
                fields=["carrier", "tracking_number"],
                condition=~Q(tracking_number=""),
            ),
        ]
        indexes = [
            models.Index(name="shipment_of_order", fields=["order", "first_box"]),
            models.Index(name="shipment_by_tracking", fields=["tracking_number"]),
            models.Index(
                name="shipment_to_follow",
                fields=["asked_at"],
                condition=Q(shipped_at__isnull=False, delivered_at__isnull=True),
            ),
        ]
        triggers = [
            frozen_columns(
                "shipment_contents_kept", "order_id", "first_box", "boxes", "of_boxes", "closes",
                "ordered_g", "packed_g", "lighter_fen", "packed_by_id", "packed_at",
            ),
            frozen_columns(
                "shipment_left_once", "carrier", "tracking_number", "booked_at", "shipped_at",
                unless="OLD.shipped_at IS NULL",
            ),
            pgtrigger.Trigger(
                name="shipment_boxes_have_left",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("shipped_at"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Q(old__shipped_at__isnull=True, new__shipped_at__isnull=False),
                func=_COUNT_SHIPPED_UNITS,
            ),
            *never_removed("shipment_stays"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.order} {self.tracking_number}".strip()

    @property
    def reference(self) -> str:
        """What a carrier knows it by: the same for every attempt to book it."""
        return f"{self.order.number}-{self.first_box}"

    @property
    def last_box(self) -> int:
        """The number of its last box."""
        return self.first_box + self.boxes - 1

    @property
    def which_boxes(self) -> str:
        """Its boxes in words."""
        boxes = {"first": self.first_box, "last": self.last_box, "all": self.of_boxes}
        if self.boxes == 1:
            return gettext("box %(first)s of %(all)s") % boxes
        return gettext("boxes %(first)s–%(last)s of %(all)s") % boxes

    @property
    def lighter_g(self) -> int:
        """By how much it is lighter than ordered, in grams; 0 when it isn't."""
        return max(self.ordered_g - self.packed_g, 0)


class LabelPrint(models.Model):
    """Somebody took a parcel's label, with the recipient's name, phone and address on it."""

    shipment = models.ForeignKey(
        Shipment, models.PROTECT, related_name="label_prints", verbose_name=_("Shipment")
    )
    printed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Printed by")
    )
    printed_at = models.DateTimeField(_("Printed at"))

    class Meta:
        verbose_name = _("Printed label")
        verbose_name_plural = _("Printed labels")
        ordering = ["-id"]
        triggers = append_only("label_print_kept")

    def __str__(self) -> str:
        return str(self.shipment)
