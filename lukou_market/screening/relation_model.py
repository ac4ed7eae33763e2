"""Who is close to a sale's host, producer or cadres: declared beforehand (利害关系申报)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.models import User
from lukou_market.households.models import Household, Producer
from lukou_market.kernel.encryption import EncryptedTextField
from lukou_market.kernel.triggers import frozen_columns, never_removed
from lukou_market.regions.models import Region


class DeclaredRelation(models.Model):
    """The person of this phone is close to a user (a host or cadre), a producer or a household."""

    class Kind(models.TextChoices):
        FAMILY = "family", _("Family")
        EMPLOYEE = "employee", _("Employee")
        SUPPLIER = "supplier", _("Supplier")
        OWNER = "owner", _("Owner or shareholder")
        CADRE = "cadre", _("Cadre of the place")

    phone = EncryptedTextField(_("Phone"))
    phone_digest = models.CharField(max_length=64, editable=False)
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Host or cadre"),
    )  # fmt: skip
    producer = models.ForeignKey(
        Producer, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Producer"),
    )  # fmt: skip
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Household"),
    )  # fmt: skip
    kind = models.CharField(_("Relation"), max_length=8, choices=Kind)
    village = models.ForeignKey(
        Region, models.PROTECT, related_name="+", verbose_name=_("Declared in")
    )
    declared_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Declared by")
    )
    declared_at = models.DateTimeField(_("Declared at"))
    ended_at = models.DateTimeField(_("Ended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("Declared relation")
        verbose_name_plural = _("Declared relations")
        ordering = ["-id"]
        indexes = [models.Index(name="declared_relation_of_phone", fields=["phone_digest"])]
        constraints = [
            models.CheckConstraint(
                name="declared_relation_to_one",
                condition=Q(user__isnull=False, producer=None, household=None)
                | Q(user=None, producer__isnull=False, household=None)
                | Q(user=None, producer=None, household__isnull=False),
            ),
            models.CheckConstraint(
                name="declared_relation_ends_later",
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("declared_at")),
            ),
        ]
        triggers = [
            frozen_columns(
                "declared_relation_kept", "phone_digest", "user_id", "producer_id",
                "household_id", "kind", "village_id", "declared_by_id", "declared_at",
            ),
            *never_removed("declared_relation_stays"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.user or self.producer or self.household}"
