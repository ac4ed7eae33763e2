"""Money that comes and goes by bank transfer: notices to pay, and lines of our bank's statement."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.models import User
from lukou_market.kernel.triggers import append_only, refusal
from lukou_market.orders.models import Order


class PaymentNotice(models.Model):
    """What an organisation pays against: the amount of its order, until the end of `due_on`."""

    order = models.OneToOneField(
        Order, models.PROTECT, related_name="payment_notice", verbose_name=_("Order")
    )
    amount_fen = models.PositiveBigIntegerField(_("Amount (fen)"))
    issued_at = models.DateTimeField(_("Issued at"))
    due_on = models.DateField(_("Due on"))

    class Meta:
        verbose_name = _("Payment notice")
        verbose_name_plural = _("Payment notices")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="payment_notice_amount", condition=Q(amount_fen__gt=0))
        ]
        triggers = append_only("payment_notice_kept")

    def __str__(self) -> str:
        return str(self.order)


class BankTransfer(models.Model):
    """A line of our bank's statement: positive fen came, negative fen left.

    `reference` is the bank's own number of it; `on` the statement's date.
    """

    reference = models.CharField(_("Bank reference number"), max_length=40)
    amount_fen = models.BigIntegerField(_("Amount (fen)"))
    on = models.DateField(_("Date at the bank"))
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Recorded by")
    )
    recorded_at = models.DateTimeField(_("Recorded at"))

    class Meta:
        verbose_name = _("Bank transfer")
        verbose_name_plural = _("Bank transfers")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(name="bank_transfer_once", fields=["reference"]),
            models.CheckConstraint(
                name="bank_transfer_reference",
                condition=Q(reference__regex=r"^[0-9A-Z-]{4,40}$"),
                violation_error_message=_(
                    "A bank reference number has 4 to 40 digits and letters."
                ),
            ),
            models.CheckConstraint(name="bank_transfer_amount", condition=~Q(amount_fen=0)),
        ]
        triggers = append_only("bank_transfer_kept")

    def __str__(self) -> str:
        return self.reference


def goes_back_as_it_came(name: str) -> pgtrigger.Trigger:
    """Refuse a refund by Stripe of what came by bank transfer, and the other way round."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition("NEW.status IN ('sent', 'succeeded')"),
        func=f"""
            IF (SELECT bank_transfer_id IS NULL FROM payments_payment WHERE id = NEW.payment_id)
               <> (NEW.bank_transfer_id IS NULL) THEN
                {refusal(name, "not the way the payment came")}
            END IF;
            RETURN NEW;
        """,
    )


def amount_as_stated(name: str, sign: str, operation: pgtrigger.Operation) -> pgtrigger.Trigger:
    """Refuse another amount than the statement's line has; `sign` - for what left."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=operation,
        condition=pgtrigger.Condition("NEW.bank_transfer_id IS NOT NULL"),
        func=f"""
            IF (SELECT amount_fen FROM payments_banktransfer WHERE id = NEW.bank_transfer_id)
               <> {sign}NEW.amount_fen THEN
                {refusal(name, "the statement says another amount")}
            END IF;
            RETURN NEW;
        """,
    )
