"""A village's reports, the steps that carry them, what was published, and who stands in."""

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Right
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.models import User
from lukou_market.kernel.triggers import append_only, frozen_columns, never_removed, status_edges
from lukou_market.regions.models import Region
from lukou_market.village_reports import chain_rules


def _sha256_of(column: str) -> Func:
    return Func(Func(F(column), function="sha256"), Value("hex"), function="encode")


class Action(models.TextChoices):
    """What is done to a report; each but returning is a signature, and names the report's state."""

    PREPARED = "prepared", _("Prepared by the village")
    REVIEWED = "reviewed", _("Reviewed by the town")
    APPROVED = "approved", _("Approved by the district")
    PUBLISHED = "published", _("Published")
    RETURNED = "returned", _("Returned")


class VillageReport(models.Model):
    """One version of a village's figures of a month: `content` never changes, only `status` moves.

    `prepared_for` is whom the preparer stood in for.
    """

    village = models.ForeignKey(Region, models.PROTECT, verbose_name=_("Village"))
    month = models.DateField(_("Month"))
    version = models.PositiveSmallIntegerField(_("Version"))
    status = models.CharField(_("Status"), max_length=9, choices=Action, default=Action.PREPARED)
    remark = models.CharField(_("Remark of the village"), max_length=500, blank=True)
    content = models.BinaryField(_("Content"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    prepared_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Prepared by")
    )
    prepared_for = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("Acting for")
    )
    prepared_at = models.DateTimeField(_("Prepared at"))

    class Meta:
        verbose_name = _("Village report")
        verbose_name_plural = _("Village reports")
        ordering = ["-month", "village", "-version"]
        indexes = [models.Index(name="village_report_waiting", fields=["status", "village"])]
        constraints = [
            models.UniqueConstraint(
                name="village_report_version_once", fields=["village", "month", "version"]
            ),
            models.CheckConstraint(name="village_report_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="village_report_of_village",
                condition=~Q(Exact(Right("village", 3), Value("000"))),
            ),
            models.CheckConstraint(
                name="village_report_hash", condition=Q(Exact(F("sha256"), _sha256_of("content")))
            ),
        ]
        triggers = [
            status_edges(
                "village_report_edges", ">prepared", "prepared>reviewed", "reviewed>approved",
                "approved>published", "prepared>returned", "reviewed>returned",
                "approved>returned",
            ),
            frozen_columns(
                "village_report_kept", "id", "village_id", "month", "version", "remark", "content",
                "sha256", "prepared_by_id", "prepared_for_id", "prepared_at",
            ),
            chain_rules.FOLLOWS,
            chain_rules.PREPARED_BY_STEP,
            chain_rules.MOVED_BY_STEPS,
            *never_removed("village_report_stays"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.village} {self.month:%Y-%m} v{self.version}"


class ReportStep(models.Model):
    """One person's step, over the hash they saw; `acting_for` is whom they stood in for."""

    report = models.ForeignKey(
        VillageReport, models.PROTECT, related_name="steps", verbose_name=_("Village report")
    )
    action = models.CharField(_("Step"), max_length=9, choices=Action)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Done by"))
    acting_for = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("Acting for")
    )
    at = models.DateTimeField(_("Done at"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    reason = models.CharField(_("Reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Step of a report")
        verbose_name_plural = _("Steps of reports")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="report_step_once", fields=["report", "action"]),
            models.CheckConstraint(
                name="report_returned_with_reason",
                condition=Q(action="returned") & ~Q(reason="")
                | ~Q(action="returned") & Q(reason=""),
            ),
            models.CheckConstraint(
                name="report_step_two_people",
                condition=Q(acting_for=None) | ~Q(acting_for=F("by")),
            ),
        ]
        triggers = [chain_rules.STEP, *append_only("report_step_kept")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.action}"


class ReportArchive(models.Model):
    """What was published, byte for byte."""

    report = models.OneToOneField(
        VillageReport, models.PROTECT, primary_key=True, related_name="archive"
    )
    pdf = models.BinaryField()
    pdf_sha256 = models.CharField(max_length=64)
    xlsx = models.BinaryField()
    xlsx_sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("Archive of a report")
        verbose_name_plural = _("Archives of reports")
        constraints = [
            models.CheckConstraint(
                name="report_archive_hashes",
                condition=Q(Exact(F("pdf_sha256"), _sha256_of("pdf")))
                & Q(Exact(F("xlsx_sha256"), _sha256_of("xlsx"))),
            )
        ]
        triggers = [chain_rules.ARCHIVED_WHEN_APPROVED, *append_only("report_archive_kept")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.pdf_sha256[:12]}"


class Deputy(models.Model):
    """AB岗: on these days, both included, `deputy` may sign for `principal`, cadre of `region`."""

    principal = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Principal")
    )
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("As cadre of"))
    deputy = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Deputy"))
    first_day = models.DateField(_("First day"))
    last_day = models.DateField(_("Last day"))
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Set by"))
    set_at = models.DateTimeField(_("Set at"))
    withdrawn = models.BooleanField(_("Withdrawn"), default=False)

    class Meta:
        verbose_name = _("Deputy")
        verbose_name_plural = _("Deputies")
        ordering = ["-first_day", "-id"]
        constraints = [
            models.CheckConstraint(name="deputy_is_another", condition=~Q(principal=F("deputy"))),
            models.CheckConstraint(name="deputy_days", condition=Q(last_day__gte=F("first_day"))),
        ]
        triggers = [
            frozen_columns(
                "deputy_kept", "principal_id", "region_id", "deputy_id", "first_day", "last_day",
                "set_by_id", "set_at",
            ),
            frozen_columns("deputy_withdrawn_once", "withdrawn", unless="NOT OLD.withdrawn"),
            *never_removed("deputy_stays"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.principal} → {self.deputy}"
