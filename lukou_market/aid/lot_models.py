"""What sales draw of harvest lots, and the orders that wait for one."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lukou_market.catalog.models import LotSupply, Product
from lukou_market.households.models import Household
from lukou_market.kernel.triggers import frozen_columns, never_removed, refusal
from lukou_market.orders.models import Order, OrderLine


def _moves_supply(
    name: str, operation: pgtrigger.Operation, sign: str, moved: str, **rows: str
) -> pgtrigger.Trigger:
    """Keep `LotSupply.drawn_g` in step with a statement's draws; its CHECK stops an overdraft."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        level=pgtrigger.Statement,
        operation=operation,
        referencing=pgtrigger.Referencing(**rows),  # type: ignore[no-untyped-call]
        func=f"""
            UPDATE catalog_lotsupply supply SET drawn_g = supply.drawn_g {sign} moved.weight_g
            FROM (SELECT supply_id, sum(weight_g) AS weight_g FROM ({moved}) rows
                  GROUP BY 1) moved
            WHERE supply.id = moved.supply_id;
            RETURN NULL;
        """,
    )


class LotDraw(models.Model):
    """What an order line takes of what one farmer brought: so a line knows its households.

    `household` is the farmer's at that time. A draw released gives its weight back to the lot
    (the order was refunded whole before receipt) and stays, as the reason of past shares.
    """

    line = models.ForeignKey(
        OrderLine, models.PROTECT, related_name="draws", verbose_name=_("Order line")
    )
    supply = models.ForeignKey(
        LotSupply, models.PROTECT, related_name="draws", verbose_name=_("Lot supply")
    )
    household = models.ForeignKey(
        Household, models.PROTECT, related_name="+", verbose_name=_("Household")
    )
    weight_g = models.PositiveIntegerField(_("Weight (g)"))
    released = models.BooleanField(_("Released"), default=False)

    class Meta:
        verbose_name = _("Draw on a lot")
        verbose_name_plural = _("Draws on lots")
        constraints = [
            models.UniqueConstraint(name="lot_draw_once", fields=["line", "supply"]),
            models.CheckConstraint(name="lot_draw_weight_positive", condition=Q(weight_g__gt=0)),
        ]
        triggers = [
            frozen_columns("lot_draw_kept", "line_id", "supply_id", "household_id", "weight_g"),
            *never_removed("lot_draw_stays"),
            pgtrigger.Trigger(
                name="lot_draw_released_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=f"""
                    IF OLD.released AND NOT NEW.released THEN
                        {refusal("lot_draw_released_once", "a draw released stays released")}
                    END IF;
                    RETURN NEW;
                """,
            ),
            _moves_supply(
                "lot_draw_taken", pgtrigger.Insert, "+", "SELECT * FROM drawn WHERE NOT released",
                new="drawn",
            ),
            _moves_supply(
                "lot_draw_given_back", pgtrigger.Update, "-",
                "SELECT after.* FROM after JOIN before USING (id)"
                " WHERE after.released AND NOT before.released",
                new="after", old="before",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.line_id}: {self.weight_g} g"


class LotWait(models.Model):
    """A paid order that is not in the book yet: no lot has the `needed_g` it would draw.

    What to do: enter who brought that weight to a lot of the product. It is posted by itself then.
    """

    order = models.OneToOneField(
        Order, models.PROTECT, related_name="lot_wait", verbose_name=_("Order")
    )
    product = models.ForeignKey(Product, models.PROTECT, verbose_name=_("Product"))
    needed_g = models.PositiveIntegerField(_("Weight needed (g)"))
    since = models.DateTimeField(_("Waits since"))

    class Meta:
        verbose_name = _("Order that waits for a lot")
        verbose_name_plural = _("Orders that wait for a lot")
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(name="lot_wait_needs_weight", condition=Q(needed_g__gt=0))
        ]

    def __str__(self) -> str:
        return str(self.order)
