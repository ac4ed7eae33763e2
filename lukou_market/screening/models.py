"""Sales that look like wash trading or self-dealing: flags, what was decided, and on what basis.

A flag holds its order's sale: the database writes the order's event `held` with the first flag
that is not cleared, and `released` with the decision that clears the last.
"""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.models import User
from lukou_market.kernel.triggers import (
    append_only,
    frozen_columns,
    never_removed,
    refusal,
    starts_as,
)
from lukou_market.orders.models import Order
from lukou_market.regions.models import Region
from lukou_market.screening.relation_model import DeclaredRelation
from lukou_market.screening.rule_model import Rule, ScreeningRule
from lukou_market.screening.trait_models import SaleTrait, ScreeningDue

__all__ = [
    "DeclaredRelation", "FlagDecision", "Rule", "SaleFlag", "SaleTrait", "ScreeningDue",
    "ScreeningRule",
]  # fmt: skip

_TELL = """
    INSERT INTO orders_orderevent (order_id, kind, amount_fen, occurred_at, posted)
    VALUES ({order}, '{kind}', 0, {at}, false);
"""
_LAST_HOLD = """
    (SELECT kind FROM orders_orderevent WHERE order_id = {order} AND kind IN ('held', 'released')
     ORDER BY id DESC LIMIT 1)
"""

# The order is locked first, as posting locks it, so its events stay in the order they happened.
_HOLD = f"""
    PERFORM FROM orders_order WHERE id = NEW.order_id AND paid_at IS NOT NULL FOR NO KEY UPDATE;
    IF NOT FOUND THEN {refusal("sale_flag_on_a_sale", "nothing was paid")} END IF;
    IF {_LAST_HOLD.format(order="NEW.order_id")} IS DISTINCT FROM 'held' THEN
        {_TELL.format(order="NEW.order_id", kind="held", at="NEW.raised_at")}
    END IF;
    RETURN NULL;
"""

# Who decides: a town or district that is nobody's own place in this sale, through a person who
# sits there as a cadre. The flag's row follows the decision; the sale follows its flags.
_DECIDE = f"""
    SELECT * INTO flag FROM screening_saleflag WHERE id = NEW.flag_id;
    PERFORM FROM orders_order WHERE id = flag.order_id FOR NO KEY UPDATE;
    IF NEW.unit_id NOT LIKE '%000' OR NEW.unit_id = flag.raised_in_id OR EXISTS (
        SELECT FROM orders_orderline line
        JOIN households_producer producer ON producer.id = line.producer_id
        WHERE line.order_id = flag.order_id AND producer.village_id = NEW.unit_id
    ) OR EXISTS (
        SELECT FROM orders_order bought
        JOIN streams_livesession session ON session.id = bought.session_id
        JOIN streams_host host ON host.id = session.host_id
        WHERE bought.id = flag.order_id AND host.village_id = NEW.unit_id
    ) OR NOT EXISTS (
        SELECT FROM accounts_rolegrant
        WHERE user_id = NEW.decided_by_id AND role = 'cadre' AND region_id = NEW.unit_id
    ) THEN {refusal("flag_decided_elsewhere", "not by another unit")} END IF;
    IF NEW.decided_by_id IS NOT DISTINCT FROM flag.raised_by_id THEN
        {refusal("flag_decided_by_another", "who raises it does not decide")}
    END IF;
    UPDATE screening_saleflag SET status = NEW.outcome WHERE id = NEW.flag_id;
    IF NOT EXISTS (SELECT FROM screening_saleflag
                   WHERE order_id = flag.order_id AND status <> 'cleared')
       AND {_LAST_HOLD.format(order="flag.order_id")} = 'held' THEN
        {_TELL.format(order="flag.order_id", kind="released", at="NEW.decided_at")}
    END IF;
    RETURN NULL;
"""


class SaleFlag(models.Model):
    """Why an order's sale is held: the rule's version, the figures, and a sentence of them.

    `village` is the producer's, and says whose desks see it; `raised_in` the unit of the cadre
    who raised it by hand.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("To be decided")
        CLEARED = "cleared", _("Cleared")
        UPHELD = "upheld", _("Upheld")

    order = models.ForeignKey(
        Order, models.PROTECT, related_name="sale_flags", verbose_name=_("Order")
    )
    rule = models.CharField(_("Rule"), max_length=16, choices=Rule)
    version = models.ForeignKey(
        ScreeningRule, models.PROTECT, related_name="flags", verbose_name=_("Version of the rule")
    )
    village = models.ForeignKey(
        Region, models.PROTECT, related_name="+", db_index=False, verbose_name=_("Village")
    )
    status = models.CharField(_("Status"), max_length=7, choices=Status, default=Status.OPEN)
    figures = models.JSONField(_("Figures"), default=dict)
    reason = models.CharField(_("Reason"), max_length=400)
    raised_at = models.DateTimeField(_("Raised at"))
    raised_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Raised by")
    )
    raised_in = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Raised in"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("Flag on a sale")
        verbose_name_plural = _("Flags on sales")
        ordering = ["-id"]
        indexes = [
            models.Index(name="sale_flag_of_village", fields=["village", "status", "-id"]),
            models.Index(name="sale_flag_holds", fields=["order"], condition=~Q(status="cleared")),
        ]
        constraints = [
            models.UniqueConstraint(name="sale_flag_once", fields=["order", "rule"]),
            models.CheckConstraint(name="sale_flag_reason", condition=Q(reason__regex=r"\S")),
            models.CheckConstraint(
                name="sale_flag_by_hand",
                condition=Q(rule="by_hand", raised_by__isnull=False, raised_in__isnull=False)
                | (~Q(rule="by_hand") & Q(raised_by=None, raised_in=None)),
            ),
        ]
        triggers = [
            starts_as("sale_flag_starts_open", "status", "open"),
            frozen_columns(
                "sale_flag_kept", "order_id", "rule", "version_id", "village_id", "figures",
                "reason", "raised_at", "raised_by_id", "raised_in_id",
            ),
            *never_removed("sale_flag_stays"),
            pgtrigger.Trigger(
                name="sale_flag_as_decided",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("status"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Q(old__status__df=pgtrigger.F("new__status")),
                func=f"""
                    IF NOT EXISTS (SELECT FROM screening_flagdecision
                                   WHERE flag_id = NEW.id AND outcome = NEW.status) THEN
                        {refusal("sale_flag_as_decided", "nobody decided so")}
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="sale_flag_holds_its_sale",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func=_HOLD,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.order} {self.get_rule_display()}"


class FlagDecision(models.Model):
    """What a cadre of another unit decided about a flag, and why. For good."""

    class Outcome(models.TextChoices):
        CLEARED = "cleared", _("Cleared: the sale counts")
        UPHELD = "upheld", _("Upheld: the sale stays out")

    flag = models.OneToOneField(
        SaleFlag, models.PROTECT, related_name="decision", verbose_name=_("Flag")
    )
    outcome = models.CharField(_("Decision"), max_length=7, choices=Outcome)
    reason = models.CharField(_("Reason"), max_length=400)
    decided_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Decided by")
    )
    unit = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("Unit"))
    decided_at = models.DateTimeField(_("Decided at"))

    class Meta:
        verbose_name = _("Decision on a flag")
        verbose_name_plural = _("Decisions on flags")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="flag_decision_reason", condition=Q(reason__regex=r"\S")),
        ]
        triggers = [
            *append_only("flag_decision_kept"),
            pgtrigger.Trigger(
                name="flag_decided_elsewhere",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                declare=[("flag", "screening_saleflag%ROWTYPE")],
                func=_DECIDE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.flag}: {self.get_outcome_display()}"
