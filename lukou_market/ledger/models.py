"""The book: accounts and the transfers between them. Append-only; knows no commerce."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.money import yuan
from lukou_market.kernel.triggers import append_only
from lukou_market.ledger.open_month import in_open_month, months_in_order


class Account(models.Model):
    """A place money can be: what it is (`kind`), whose (`owner`), and which of theirs (`part`)."""

    kind = models.CharField(_("Kind"), max_length=24)
    owner = models.BigIntegerField(_("Owner"), default=0)
    part = models.CharField(_("Part"), max_length=16, blank=True, default="")

    class Meta:
        verbose_name = _("Account")
        verbose_name_plural = _("Accounts")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="account_once", fields=["kind", "owner", "part"])
        ]
        triggers = append_only("account_kept")

    def __str__(self) -> str:
        return f"#{self.pk}"


class ClosedMonth(models.Model):
    """A month that takes no more journals. Months are closed in order, without a gap."""

    month = models.DateField(_("Month"), primary_key=True)

    class Meta:
        verbose_name = _("Closed month")
        verbose_name_plural = _("Closed months")
        constraints = [
            models.CheckConstraint(name="closed_month_first_day", condition=Q(month__day=1))
        ]
        triggers = [months_in_order("closed_months_in_order"), *append_only("closed_month_kept")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class Journal(models.Model):
    """Transfers posted together: their month, and the label their totals are told apart by.

    What belongs to a closed month and comes late is booked in the month it is posted in;
    the database then moves `month` there and keeps in `late_for` the month it was meant for.
    """

    month = models.DateField(_("Month"))
    label = models.CharField(_("Label"), max_length=16)
    posted_at = models.DateTimeField(_("Posted at"))
    late_for = models.DateField(_("Late for"), null=True, blank=True)

    class Meta:
        verbose_name = _("Journal")
        verbose_name_plural = _("Journals")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="journal_month_first_day", condition=Q(month__day=1))
        ]
        indexes = [
            models.Index(name="journal_of_month", fields=["month", "id"]),
            models.Index(
                name="journal_late", fields=["late_for"], condition=Q(late_for__isnull=False)
            ),
        ]
        triggers = [in_open_month("journal_in_open_month"), *append_only("journal_kept")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} #{self.pk}"


class Transfer(models.Model):
    """`amount_fen` from one account to another: one debit, one credit, so it balances.

    (source_kind, source_id, leg) says what caused it and makes posting it twice impossible;
    a correction is a new transfer that names in `reverses` what it takes back.
    """

    journal = models.ForeignKey(
        Journal, models.PROTECT, related_name="transfers", verbose_name=_("Journal")
    )
    debit = models.ForeignKey(
        Account, models.PROTECT, related_name="+", db_index=False, verbose_name=_("Debit")
    )
    credit = models.ForeignKey(
        Account, models.PROTECT, related_name="+", db_index=False, verbose_name=_("Credit")
    )
    amount_fen = models.BigIntegerField(_("Amount (fen)"))
    code = models.CharField(_("Code"), max_length=24)
    source_kind = models.CharField(_("Source"), max_length=16)
    source_id = models.BigIntegerField(_("Source ID"))
    leg = models.CharField(_("Leg"), max_length=64)
    effective_at = models.DateTimeField(_("Effective at"))
    reverses = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="reversals",
        verbose_name=_("Reverses"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("Transfer")
        verbose_name_plural = _("Transfers")
        ordering = ["-id"]
        indexes = [
            # An account's transfers, newest journal first: the way back from a total.
            models.Index(name="transfer_of_debit", fields=["debit", "journal"]),
            models.Index(name="transfer_of_credit", fields=["credit", "journal"]),
        ]
        constraints = [
            models.CheckConstraint(name="transfer_amount_positive", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(name="transfer_two_accounts", condition=~Q(debit=F("credit"))),
            models.UniqueConstraint(
                name="transfer_source_once", fields=["source_kind", "source_id", "leg"]
            ),
        ]
        triggers = append_only("transfer_kept")

    def __str__(self) -> str:
        return f"#{self.pk} ¥{yuan(self.amount_fen)}"
