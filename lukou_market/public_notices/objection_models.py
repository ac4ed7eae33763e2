"""Objections (异议) to a notice or to a line of a statement, and what became of them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.models import User
from lukou_market.households.models import Household
from lukou_market.kernel.encryption import EncryptedTextField
from lukou_market.kernel.triggers import append_only, frozen_columns, never_removed, status_edges
from lukou_market.public_notices import notice_rules
from lukou_market.public_notices.notice_models import PublicNotice
from lukou_market.regions.models import Region


class Status(models.TextChoices):
    """Where an objection stands; each later one is a step somebody took."""

    RECEIVED = "received", _("Objection received")
    ACCEPTED = "accepted", _("Being looked into")
    UPHELD = "upheld", _("Agreed with")
    REJECTED = "rejected", _("Not agreed with")


OPEN = (Status.RECEIVED, Status.ACCEPTED)


class FollowUp(models.TextChoices):
    """What follows from an objection that is agreed with."""

    NEW_VERSION = "new_version", _("The report is corrected and a new notice replaces this one")
    NEXT_MONTH = "next_month", _("The book of the next month corrects it")


class Objection(models.Model):
    """What somebody says is wrong. `number` is what they look its answer up by (受理编号).

    Without a `notice` it came from a statement card, whose household is known.
    """

    number = models.CharField(_("Number of the objection"), max_length=16, unique=True)
    village = models.ForeignKey(Region, models.PROTECT, verbose_name=_("Village"))
    month = models.DateField(_("Month"))
    notice = models.ForeignKey(
        PublicNotice,
        models.PROTECT,
        null=True,
        related_name="objections",
        verbose_name=_("Public notice"),
    )
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, related_name="+", verbose_name=_("Household")
    )
    order_number = models.CharField(_("Order"), max_length=24, blank=True)
    text = EncryptedTextField(_("What seems wrong"))
    phone = EncryptedTextField(_("Phone"), blank=True, default="")
    household_number = EncryptedTextField(_("Household number"), blank=True, default="")
    received_at = models.DateTimeField(_("Received at"))
    answer_by = models.DateField(_("Answer by"))
    status = models.CharField(_("Status"), max_length=8, choices=Status, default=Status.RECEIVED)

    class Meta:
        verbose_name = _("Objection")
        verbose_name_plural = _("Objections")
        ordering = ["-id"]
        indexes = [
            models.Index(
                name="objection_open",
                fields=["village", "answer_by"],
                condition=Q(status__in=["received", "accepted"]),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="objection_to_something",
                condition=Q(notice__isnull=False) | Q(household__isnull=False),
            ),
            models.CheckConstraint(name="objection_says_something", condition=~Q(text="")),
        ]
        triggers = [
            status_edges(
                "objection_edges", ">received", "received>accepted", "accepted>upheld",
                "accepted>rejected",
            ),
            frozen_columns(
                "objection_kept", "number", "village_id", "month", "notice_id", "household_id",
                "order_number", "text", "phone", "household_number", "received_at", "answer_by",
            ),
            notice_rules.OBJECTED_IN_TIME,
            notice_rules.MOVED_BY_STEP,
            *never_removed("objection_stays"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether its answer is still to come."""
        return self.status in OPEN


class ObjectionStep(models.Model):
    """What a cadre did with an objection; the words of an answer are read by everybody."""

    objection = models.ForeignKey(
        Objection, models.PROTECT, related_name="steps", verbose_name=_("Objection")
    )
    action = models.CharField(_("Step"), max_length=8, choices=Status)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Done by"))
    at = models.DateTimeField(_("Done at"))
    words = models.CharField(_("Answer"), max_length=500, blank=True)
    follow_up = models.CharField(
        _("What follows"), max_length=12, choices=FollowUp, blank=True, default=""
    )

    class Meta:
        verbose_name = _("Step of an objection")
        verbose_name_plural = _("Steps of objections")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="objection_step_once", fields=["objection", "action"]),
            models.CheckConstraint(
                name="objection_step_whole",
                condition=Q(action="accepted", follow_up="")
                | Q(action="upheld", words__regex=r"\S") & ~Q(follow_up="")
                | Q(action="rejected", words__regex=r"\S", follow_up=""),
            ),
        ]
        triggers = [notice_rules.HANDLER, *append_only("objection_step_kept")]

    def __str__(self) -> str:
        return f"{self.objection_id} {self.action}"
