"""Pay-outs: households' bank accounts, batches, their lines, and every bank file ever made."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.models import User
from lukou_market.households.models import Household, IncomeKind
from lukou_market.kernel.encryption import EncryptedTextField
from lukou_market.kernel.masking import mask_account
from lukou_market.kernel.triggers import append_only, frozen_columns, never_removed, status_edges
from lukou_market.regions.models import Region


class BankAccount(models.Model):
    """Where a household's money goes; holder and number are encrypted and masked on screens."""

    household = models.OneToOneField(
        Household, models.PROTECT, related_name="bank_account", verbose_name=_("Household")
    )
    bank = models.CharField(_("Bank"), max_length=60)
    holder = EncryptedTextField(_("Account holder"))
    number = EncryptedTextField(_("Account number"))
    number_digest = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = _("Bank account")
        verbose_name_plural = _("Bank accounts")
        constraints = [models.CheckConstraint(name="bank_account_bank", condition=~Q(bank=""))]

    def __str__(self) -> str:
        return mask_account(self.number)


class PayoutBatch(models.Model):
    """Lines prepared together for the bank; it is settled when none of them is open any more."""

    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("Region"))
    month = models.DateField(_("Month"))
    label = models.CharField(_("Label"), max_length=40, blank=True)
    created_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Prepared by")
    )
    created_at = models.DateTimeField(_("Prepared at"))

    class Meta:
        verbose_name = _("Pay-out batch")
        verbose_name_plural = _("Pay-out batches")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="payout_month_first_day", condition=Q(month__day=1))
        ]
        triggers = append_only("payout_batch_kept")

    def __str__(self) -> str:
        return f"{self.region} {self.month:%Y-%m} #{self.pk}"


class PayoutLine(models.Model):
    """What one household is to get: reserved while prepared, booked when the bank confirmed it.

    The amount is kept by kind of income, as it was taken from the household's accounts; bank,
    holder and number are those of the day of preparation.
    """

    class Status(models.TextChoices):
        PREPARED = "prepared", _("Prepared")
        CONFIRMED = "confirmed", _("Confirmed")
        BOUNCED = "bounced", _("Bounced")

    batch = models.ForeignKey(
        PayoutBatch, models.PROTECT, related_name="lines", verbose_name=_("Pay-out batch")
    )
    household = models.ForeignKey(
        Household, models.PROTECT, related_name="payouts", verbose_name=_("Household")
    )
    wage_fen = models.BigIntegerField(_("Wage income (fen)"), default=0)
    business_fen = models.BigIntegerField(_("Business income (fen)"), default=0)
    property_fen = models.BigIntegerField(_("Property income (fen)"), default=0)
    transfer_fen = models.BigIntegerField(_("Transfer income (fen)"), default=0)
    amount_fen = models.GeneratedField(
        expression=F("wage_fen") + F("business_fen") + F("property_fen") + F("transfer_fen"),
        output_field=models.BigIntegerField(_("Amount (fen)")),
        db_persist=True,
        verbose_name=_("Amount (fen)"),
    )
    bank = models.CharField(_("Bank"), max_length=60)
    holder = EncryptedTextField(_("Account holder"))
    number = EncryptedTextField(_("Account number"))
    status = models.CharField(_("Status"), max_length=9, choices=Status, default=Status.PREPARED)
    reason = models.CharField(_("Reason"), max_length=120, blank=True, default="")
    prepared_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Prepared by")
    )
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Confirmed or bounced by"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("Confirmed or bounced at"), null=True, blank=True)

    class Meta:
        verbose_name = _("Pay-out line")
        verbose_name_plural = _("Pay-out lines")
        ordering = ["-id"]
        indexes = [
            models.Index(
                name="payout_confirmed", fields=["decided_at"], condition=Q(status="confirmed")
            )
        ]
        constraints = [
            models.UniqueConstraint(
                name="payout_one_open_line", fields=["household"], condition=Q(status="prepared")
            ),
            models.CheckConstraint(
                name="payout_amount_positive",
                condition=Q(
                    amount_fen__gt=0,
                    **{f"{kind}_fen__gte": 0 for kind in IncomeKind.values},
                ),
            ),
            models.CheckConstraint(
                name="payout_decided",
                condition=Q(status="prepared", decided_by=None, decided_at=None, reason="")
                | Q(status="confirmed", decided_by__isnull=False, decided_at__isnull=False)
                & Q(reason="")
                | Q(status="bounced", decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="payout_two_people",
                condition=Q(decided_by=None) | ~Q(decided_by=F("prepared_by")),
            ),
        ]
        triggers = [
            status_edges("payout_edges", ">prepared", "prepared>confirmed", "prepared>bounced"),
            frozen_columns(
                "payout_terms_kept",
                "batch_id", "household_id", "wage_fen", "business_fen", "property_fen",
                "transfer_fen", "bank", "holder", "number", "prepared_by_id",
            ),
            *never_removed("payout_line_stays"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What the bank gives back in its result file: letters and digits, 12 of them."""
        return f"LK{self.pk:010d}"


class PayoutFile(models.Model):
    """One creation of a bank file: who, when, why, and what it said (its SHA-256). For good."""

    batch = models.ForeignKey(
        PayoutBatch, models.PROTECT, related_name="files", verbose_name=_("Pay-out batch")
    )
    created_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Created by")
    )
    created_at = models.DateTimeField(_("Created at"))
    reason = models.CharField(_("Reason"), max_length=120)
    sha256 = models.CharField("SHA-256", max_length=64)
    lines = models.PositiveIntegerField(_("Lines"))
    total_fen = models.BigIntegerField(_("Total (fen)"))

    class Meta:
        verbose_name = _("Bank file")
        verbose_name_plural = _("Bank files")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="payout_file_reason", condition=Q(reason__regex=r"\S")),
            models.CheckConstraint(
                name="payout_file_sha256", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]
        triggers = append_only("payout_file_kept")

    def __str__(self) -> str:
        return f"{self.batch} {self.sha256[:8]}"
