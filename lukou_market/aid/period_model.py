"""Periods of the book: prepared by one, signed by another, then never changed."""

import pgtrigger
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.models import User
from lukou_market.kernel.triggers import never_removed, refusal, status_edges
from lukou_market.ledger.models import ClosedMonth

_KEPT = pgtrigger.Trigger(
    name="period_kept",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__status="signed"),
    func=refusal("period_kept"),
)

# The first follows nothing; each later one names the hash of the month before.
_FOLLOWS = pgtrigger.Trigger(
    name="period_follows",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func=f"""
        IF NEW.status = 'signed' AND NEW.previous_sha256 <> coalesce(
            (SELECT CASE WHEN month = (NEW.month - interval '1 month')::date THEN sha256 END
             FROM aid_period WHERE status = 'signed' AND month <> NEW.month
             ORDER BY month DESC LIMIT 1),
            CASE WHEN EXISTS (
                SELECT FROM aid_period WHERE status = 'signed' AND month <> NEW.month
            ) THEN 'none' ELSE '' END
        ) THEN {refusal("period_follows")} END IF;
        RETURN NEW;
    """,
)

_SHA256_OF_CONTENT = Func(Func(F("content"), function="sha256"), Value("hex"), function="encode")


class Period(models.Model):
    """A month's figures: `content` is the export without its last line, frozen once signed.

    `journals` counts the month's journals when the content was written: as the book only
    grows, the same count means the same figures. `findings` says why it was refused.
    """

    class Status(models.TextChoices):
        ASKED = "asked", _("Being checked")
        REFUSED = "refused", _("Refused")
        PREPARED = "prepared", _("Waiting for the signature")
        SIGNED = "signed", _("Signed")

    month = models.DateField(_("Month"), unique=True)
    status = models.CharField(_("Status"), max_length=8, choices=Status, default=Status.ASKED)
    due_at = models.DateTimeField(_("To be checked at"))
    findings = models.JSONField(_("Findings"), default=list, blank=True)
    content = models.BinaryField(_("Content"), null=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    previous_sha256 = models.CharField(_("SHA-256 of the month before"), max_length=64, blank=True)
    journals = models.PositiveIntegerField(_("Journals"), default=0)
    prepared_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Prepared by")
    )
    prepared_at = models.DateTimeField(_("Prepared at"), null=True)
    signed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("Signed by")
    )
    signed_at = models.DateTimeField(_("Signed at"), null=True)
    closed = models.OneToOneField(
        ClosedMonth, models.PROTECT, null=True, related_name="+", verbose_name=_("Closed month")
    )

    class Meta:
        verbose_name = _("Period")
        verbose_name_plural = _("Periods")
        ordering = ["-month"]
        constraints = [
            models.CheckConstraint(name="period_month_first_day", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="period_preparer_never_signs",
                condition=Q(signed_by=None) | ~Q(signed_by=F("prepared_by")),
            ),
            models.CheckConstraint(
                name="period_signed_whole",
                condition=~Q(status="signed")
                | Q(signed_by__isnull=False, signed_at__isnull=False, closed=F("month")),
            ),
            models.CheckConstraint(
                name="period_has_content",
                condition=Q(status__in=["asked", "refused"], content=None, sha256="")
                | Q(Exact(F("sha256"), _SHA256_OF_CONTENT), content__isnull=False),
            ),
            models.UniqueConstraint(
                name="period_follows_once", fields=["previous_sha256"], condition=Q(status="signed")
            ),
        ]
        triggers = [
            status_edges(
                "period_edges", ">asked", "asked>prepared", "asked>refused", "refused>asked",
                "prepared>asked", "prepared>signed",
            ),
            _FOLLOWS,
            _KEPT,
            *never_removed("period_stays"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
