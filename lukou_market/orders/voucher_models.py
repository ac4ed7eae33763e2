"""Vouchers of trade unions (工会券): the union pays a part of what its members buy."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.models import User
from lukou_market.kernel.triggers import frozen_columns, never_removed, refusal

_OVER_THE_CAP = f"""
    IF NEW.holds THEN
        PERFORM FROM orders_voucher WHERE id = NEW.voucher_id FOR NO KEY UPDATE;
        IF (SELECT count(*) FROM orders_voucheruse
            WHERE voucher_id = NEW.voucher_id AND buyer_id = NEW.buyer_id AND holds
                AND id <> NEW.id)
           >= (SELECT per_member FROM orders_voucher WHERE id = NEW.voucher_id)
        THEN
            {refusal("voucher_member_cap", "a member uses a voucher no more often than it allows")}
        END IF;
    END IF;
    RETURN NEW;
"""


class Voucher(models.Model):
    """So many fen off, for so much of goods, each member so often, until the union's money ends."""

    code = models.CharField(_("Voucher code"), max_length=20, unique=True)
    name = models.CharField(_("Name"), max_length=40)
    issued_by = models.CharField(_("Paid by"), max_length=60, help_text=_("The trade union."))
    off_fen = models.PositiveIntegerField(_("Off (fen)"))
    min_goods_fen = models.PositiveBigIntegerField(_("From goods worth (fen)"))
    per_member = models.PositiveIntegerField(_("Uses by each member"), default=1)
    budget_fen = models.PositiveBigIntegerField(_("Money of the union (fen)"))
    used_fen = models.PositiveBigIntegerField(_("Of it used (fen)"), default=0, editable=False)
    valid_from = models.DateTimeField(_("Valid from"))
    valid_until = models.DateTimeField(_("Valid until"))

    class Meta:
        verbose_name = _("Voucher")
        verbose_name_plural = _("Vouchers")
        ordering = ["-id"]
        constraints = [
            # Something is always left to pay: an order of nothing can't be paid at Stripe.
            models.CheckConstraint(
                name="voucher_off", condition=Q(off_fen__gt=0, min_goods_fen__gt=F("off_fen"))
            ),
            models.CheckConstraint(
                name="voucher_within_budget",
                condition=Q(used_fen__gte=0, used_fen__lte=F("budget_fen")),
            ),
            models.CheckConstraint(
                name="voucher_window", condition=Q(valid_until__gt=F("valid_from"))
            ),
        ]
        triggers = [
            frozen_columns("voucher_terms_kept", "code", "off_fen"),
            *never_removed("voucher_stays"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.issued_by})"


class VoucherUse(models.Model):
    """The voucher of an order: it `holds` a use and its money until the order gives them back."""

    order = models.OneToOneField(
        "orders.Order", models.PROTECT, related_name="voucher_use", verbose_name=_("Order")
    )
    voucher = models.ForeignKey(
        Voucher, models.PROTECT, related_name="uses", db_index=False, verbose_name=_("Voucher")
    )
    buyer = models.ForeignKey(
        User, models.PROTECT, related_name="+", db_index=False, verbose_name=_("Buyer")
    )
    off_fen = models.PositiveIntegerField(_("Off (fen)"))
    holds = models.BooleanField(_("Counts"), default=True)

    class Meta:
        verbose_name = _("Use of a voucher")
        verbose_name_plural = _("Uses of vouchers")
        ordering = ["-id"]
        indexes = [
            models.Index(name="voucher_use_of_member", fields=["voucher", "buyer"]),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="voucher_member_cap",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_OVER_THE_CAP,
            ),
            *never_removed("voucher_use_stays"),
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.voucher}"
