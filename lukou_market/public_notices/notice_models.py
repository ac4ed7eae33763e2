"""What is posted for the village to read, the photos that prove it, and the terms of posting."""

import uuid

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Right
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.models import User
from lukou_market.kernel.triggers import append_only, frozen_columns, never_removed
from lukou_market.public_notices import notice_rules
from lukou_market.regions.models import Region
from lukou_market.village_reports.models import VillageReport


def _sha256_of(column: str) -> Func:
    return Func(Func(F(column), function="sha256"), Value("hex"), function="encode")


class NoticeTerms(models.Model):
    """What holds for notices posted from `since` on; the last row counts, none is changed."""

    since = models.DateTimeField(_("In force since"), unique=True)
    least_households = models.PositiveSmallIntegerField(_("Fewest households shown"))
    open_days = models.PositiveSmallIntegerField(_("Days open"))
    answer_days = models.PositiveSmallIntegerField(_("Days until an answer"))
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Set by"))
    reason = models.CharField(_("Reason"), max_length=200)

    class Meta:
        verbose_name = _("Terms of notices")
        verbose_name_plural = _("Terms of notices")
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(
                name="notice_terms_within",
                condition=Q(least_households__gte=2, open_days__gte=10, answer_days__gte=1),
            ),
            models.CheckConstraint(name="notice_terms_reason", condition=Q(reason__regex=r"\S")),
        ]
        triggers = append_only("notice_terms_kept")

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d}"


class PublicNotice(models.Model):
    """A village's month, as it hangs (公示): nothing of it changes, but once when it ends.

    `content` is written by `write_notice` out of an approved report.
    """

    number = models.CharField(_("Number"), max_length=24)
    village = models.ForeignKey(Region, models.PROTECT, verbose_name=_("Village"))
    month = models.DateField(_("Month"))
    version = models.PositiveSmallIntegerField(_("Version"))
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name=_("Replaces")
    )
    report = models.ForeignKey(
        VillageReport, models.PROTECT, related_name="notices", verbose_name=_("Village report")
    )
    content = models.BinaryField(_("Content"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    pdf = models.BinaryField("PDF")
    pdf_sha256 = models.CharField(_("SHA-256 of the PDF"), max_length=64)
    posted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Posted by")
    )
    posted_at = models.DateTimeField(_("Hanging since"))
    open_until = models.DateField(_("Objections until"))
    ended_at = models.DateTimeField(_("Ended at"), null=True)

    class Meta:
        verbose_name = _("Public notice")
        verbose_name_plural = _("Public notices")
        ordering = ["-month", "village", "-version"]
        indexes = [
            models.Index(name="notice_under_way", fields=["open_until"], condition=Q(ended_at=None))
        ]
        constraints = [
            models.UniqueConstraint(name="notice_number_once", fields=["number"]),
            models.UniqueConstraint(
                name="notice_version_once", fields=["village", "month", "version"]
            ),
            models.CheckConstraint(name="notice_month_first_day", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="notice_of_village",
                condition=~Q(Exact(Right("village", 3), Value("000"))),
            ),
            models.CheckConstraint(
                name="notice_replaces_when_later",
                condition=Q(version=1, replaces=None) | Q(version__gt=1, replaces__isnull=False),
            ),
            models.CheckConstraint(
                name="notice_hashes",
                condition=Q(Exact(F("sha256"), _sha256_of("content")))
                & Q(Exact(F("pdf_sha256"), _sha256_of("pdf"))),
            ),
        ]
        triggers = [
            frozen_columns(
                "public_notice_kept", "number", "village_id", "month", "version", "replaces_id",
                "report_id", "content", "sha256", "pdf", "pdf_sha256", "posted_by_id", "posted_at",
                "open_until",
            ),
            frozen_columns("notice_ended_once", "ended_at", unless="OLD.ended_at IS NULL"),
            notice_rules.OF_AN_APPROVED_REPORT,
            notice_rules.FOLLOWS,
            notice_rules.TEN_DAYS,
            notice_rules.ENDS,
            *never_removed("public_notice_stays"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number


class PostingPhoto(models.Model):
    """The notice on the village's board, drawn again by us; it stays with the notice for good."""

    notice = models.ForeignKey(
        PublicNotice, models.PROTECT, related_name="photos", verbose_name=_("Public notice")
    )
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    jpeg = models.BinaryField()
    sha256 = models.CharField("SHA-256", max_length=64)
    width = models.PositiveIntegerField(_("Width (pixels)"))
    height = models.PositiveIntegerField(_("Height (pixels)"))
    caption = models.CharField(_("Caption"), max_length=80, blank=True)
    taken_on = models.DateField(_("Taken on"))
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Added by"))
    added_at = models.DateTimeField(_("Added at"))

    class Meta:
        verbose_name = _("Photo of a notice")
        verbose_name_plural = _("Photos of notices")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="posting_photo_hash", condition=Q(Exact(F("sha256"), _sha256_of("jpeg")))
            )
        ]
        triggers = append_only("posting_photo_kept")

    def __str__(self) -> str:
        return str(self.key)
