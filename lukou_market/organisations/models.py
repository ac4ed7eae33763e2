"""Trade unions and budget units, and the boxes they order for many members at once."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.models import User
from lukou_market.kernel.encryption import EncryptedTextField
from lukou_market.kernel.triggers import frozen_columns
from lukou_market.orders.models import Channel, Order
from lukou_market.regions.models import Region


class Organisation(models.Model):
    """A buyer of boxes for its members; `manager` orders and pays.

    `target_bp` is the part of its yearly purchases that it undertakes to buy from villages.
    """

    class Kind(models.TextChoices):
        TRADE_UNION = Channel.TRADE_UNION.value, _("Trade union")
        BUDGET_UNIT = Channel.BUDGET_UNIT.value, _("Budget unit")

    class Target(models.IntegerChoices):
        TENTH = 1000, _("10 %")
        FIFTEEN = 1500, _("15 %")
        THIRTY = 3000, _("30 %")

    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("Region"))
    name = models.CharField(_("Name"), max_length=80, unique=True)
    kind = models.CharField(_("Kind"), max_length=12, choices=Kind)
    credit_code = models.CharField(_("Unified social credit code"), max_length=18, unique=True)
    manager = models.OneToOneField(
        User, models.PROTECT, related_name="organisation", verbose_name=_("Who orders")
    )
    yearly_budget_fen = models.PositiveBigIntegerField(_("Yearly purchases (fen)"))
    target_bp = models.PositiveIntegerField(_("Target"), choices=Target, default=Target.TENTH)

    class Meta:
        verbose_name = _("Organisation")
        verbose_name_plural = _("Organisations")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="organisation_credit_code",
                condition=Q(credit_code__regex=r"^[0-9A-HJ-NPQRTUWXY]{18}$"),
            ),
            models.CheckConstraint(
                name="organisation_target", condition=Q(target_bp__in=[1000, 1500, 3000])
            ),
            models.CheckConstraint(
                name="organisation_budget_positive", condition=Q(yearly_budget_fen__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def channel(self) -> Channel:
        """Where its orders count."""
        return Channel(self.kind)


class GroupOrder(models.Model):
    """An order whose boxes go to a list of members; `list_digest` tells one list from another."""

    order = models.OneToOneField(Order, models.PROTECT, related_name="group_order")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="group_orders")
    list_digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(name="group_order_of_list", fields=["organisation", "list_digest"])]
        triggers = [
            frozen_columns("group_order_kept", "order_id", "organisation_id", "list_digest")
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.order}"


class MemberParcel(models.Model):
    """What one member gets: `row` is where the list named them, `first_box` which of the order's
    boxes, counted from 1, is their first."""

    group_order = models.ForeignKey(GroupOrder, models.PROTECT, related_name="parcels")
    row = models.PositiveIntegerField(_("Row"))
    first_box = models.PositiveIntegerField(_("First box"))
    boxes = models.PositiveIntegerField(_("Boxes"))
    recipient = EncryptedTextField(_("Recipient"))
    phone = EncryptedTextField(_("Phone"))
    address = EncryptedTextField(_("Address"))

    class Meta:
        ordering = ["row"]
        constraints = [
            models.UniqueConstraint(name="member_parcel_once", fields=["group_order", "row"]),
            ExclusionConstraint(
                name="member_parcel_box_once",
                expressions=[
                    (
                        Func("group_order_id", "group_order_id", Value("[]"), function="int8range"),
                        "&&",
                    ),
                    (Func("first_box", F("first_box") + F("boxes"), function="int4range"), "&&"),
                ],
            ),
            models.CheckConstraint(
                name="member_parcel_boxes", condition=Q(boxes__gt=0, first_box__gt=0)
            ),
        ]
        triggers = [
            frozen_columns("member_parcel_kept", "group_order_id", "row", "first_box", "boxes")
        ]

    def __str__(self) -> str:
        return f"{self.group_order} #{self.row}"

    @property
    def last_box(self) -> int:
        """The number of their last box."""
        return self.first_box + self.boxes - 1
