"""Reports taken away as files: who asked for what, how far it is, and what the file is known by."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.models import User
from lukou_market.kernel.triggers import frozen_columns, never_removed
from lukou_market.orders.models import Channel
from lukou_market.regions.models import Region
from lukou_market.reports.display import Display, Money, Weight
from lukou_market.reports.kinds import EXPORTED, FileFormat, Kind
from lukou_market.reports.question import Question

KEPT = timedelta(days=7)


class Export(models.Model):
    """A report as a file. A short one is ready at once and not kept; a long one waits for a worker.

    `content_sha256` is of what the report says and stands on paper; `file_sha256` is the file's.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Being written")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")

    kind = models.CharField(_("Report"), max_length=10, choices=EXPORTED)
    file_format = models.CharField(_("File"), max_length=4, choices=FileFormat)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("Region"))
    first_month = models.DateField(_("First month"))
    last_month = models.DateField(_("Last month"))
    channel = models.CharField(_("Channel"), max_length=12, choices=Channel, blank=True)
    money = models.CharField(max_length=4, choices=Money, default=Money.YUAN)
    weight = models.CharField(max_length=3, choices=Weight, default=Weight.KG)
    asked_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Asked for by")
    )
    asked_at = models.DateTimeField(_("Asked for at"))
    status = models.CharField(_("Status"), max_length=7, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True)
    done_rows = models.PositiveIntegerField(default=0)
    of_rows = models.PositiveIntegerField(default=0)
    as_of = models.DateTimeField(_("Figures as of"), null=True)
    content_sha256 = models.CharField(max_length=64, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    path = models.CharField(max_length=80, blank=True)
    refusal = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("Export")
        verbose_name_plural = _("Exports")
        ordering = ["-id"]
        indexes = [
            models.Index(
                name="export_due", fields=["id"], condition=Q(status__in=["waiting", "running"])
            ),
            models.Index(name="export_of_person", fields=["asked_by", "-id"]),
            models.Index(
                name="export_on_paper", fields=["content_sha256"], condition=~Q(content_sha256="")
            ),
            models.Index(name="export_kept", fields=["asked_at"], condition=~Q(path="")),
        ]
        constraints = [
            models.CheckConstraint(
                name="export_months",
                condition=Q(
                    first_month__day=1, last_month__day=1, last_month__gte=F("first_month")
                ),
            ),
            models.CheckConstraint(
                name="export_ready_is_known",
                condition=~Q(status="ready")
                | Q(as_of__isnull=False)
                & Q(content_sha256__regex="^[0-9a-f]{64}$", file_sha256__regex="^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(
                name="export_running_is_claimed",
                condition=~Q(status="running") | Q(claimed_until__isnull=False),
            ),
            models.CheckConstraint(
                name="export_failed_says_why", condition=~Q(status="failed") | ~Q(refusal="")
            ),
        ]
        triggers = [
            frozen_columns(
                "export_question_kept", "kind", "file_format", "region_id", "first_month",
                "last_month", "channel", "money", "weight", "asked_by_id", "asked_at",
            ),
            frozen_columns(
                "export_ready_kept", "status", "as_of", "content_sha256", "file_sha256",
                unless="OLD.status <> 'ready'",
            ),
            *never_removed("export_stays"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.region}"

    @property
    def is_report(self) -> bool:
        """Whether it has a page of its own."""
        return self.kind in Kind.values

    @property
    def question(self) -> Question:
        """What it answers."""
        return Question(self.region, self.first_month, self.last_month, self.channel)

    @property
    def display(self) -> Display:
        """The units it is in."""
        return Display(Money(self.money), Weight(self.weight))

    @property
    def name(self) -> str:
        """What the file is called."""
        months = f"{self.first_month:%Y%m}-{self.last_month:%Y%m}"
        return f"{self.kind}-{self.region_id}-{months}.{self.file_format}"

    @property
    def subject(self) -> str:
        """How the access log names it."""
        months = f"{self.first_month:%Y-%m}–{self.last_month:%Y-%m}"
        what = f"report {self.kind}" if self.is_report else self.kind
        return f"{what} {months} {self.channel or 'all'} {self.file_format}"
