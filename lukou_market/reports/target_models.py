"""What a region is to sell in a year: proposed by one cadre, approved by another."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.models import User
from lukou_market.kernel.triggers import frozen_columns, never_removed, refusal
from lukou_market.regions.models import Region


class AidTarget(models.Model):
    """A version of a region's target for net sales of a year, in fen.

    In force is the newest approved version. A version that was approved, or followed by another,
    stays as it is.
    """

    region = models.ForeignKey(
        Region, models.PROTECT, related_name="targets", verbose_name=_("Region")
    )
    year = models.PositiveSmallIntegerField(_("Year"))
    version = models.PositiveIntegerField(_("Version"))
    target_fen = models.BigIntegerField(_("Target (fen)"))
    proposed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Proposed by")
    )
    proposed_at = models.DateTimeField(_("Proposed at"))
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Approved by"),
    )  # fmt: skip
    approved_at = models.DateTimeField(_("Approved at"), null=True, blank=True)

    class Meta:
        verbose_name = _("Sales target")
        verbose_name_plural = _("Sales targets")
        ordering = ["-year", "region", "-version"]
        indexes = [models.Index(name="target_of_year", fields=["year", "region", "-version"])]
        constraints = [
            models.UniqueConstraint(
                name="target_version_once", fields=["region", "year", "version"]
            ),
            models.CheckConstraint(name="target_positive", condition=Q(target_fen__gt=0)),
            models.CheckConstraint(name="target_year", condition=Q(year__gte=2000, year__lte=2099)),
            models.CheckConstraint(
                name="target_approved_dated",
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="target_two_people",
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")),
            ),
        ]
        triggers = [
            frozen_columns(
                "target_terms_kept", "region_id", "year", "version", "target_fen",
                "proposed_by_id", "proposed_at",
            ),
            frozen_columns(
                "target_approved_once", "approved_by_id", "approved_at",
                unless="OLD.approved_at IS NULL",
            ),
            pgtrigger.Trigger(
                name="target_newest_is_approved",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=f"""
                    IF OLD.approved_at IS NULL AND NEW.approved_at IS NOT NULL AND EXISTS (
                        SELECT FROM reports_aidtarget later WHERE later.region_id = OLD.region_id
                        AND later.year = OLD.year AND later.version > OLD.version
                    ) THEN
                        {refusal("target_newest_is_approved", "a newer one is there")}
                    END IF;
                    RETURN NEW;
                """,
            ),
            *never_removed("target_stays"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.region} {self.year} v{self.version}"
