"""Totals that cadres read. Derived: each can be rebuilt from the book at any time."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lukou_market.aid.lot_models import LotDraw, LotWait
from lukou_market.aid.period_model import Period
from lukou_market.catalog.models import Product
from lukou_market.households.models import Household, IncomeKind, Producer
from lukou_market.orders.models import Channel
from lukou_market.streams.models import Offer

__all__ = ["HouseholdTotal", "LotDraw", "LotWait", "Period", "ProducerTotal", "SalesDay"]


class HouseholdTotal(models.Model):
    """What reached a household in a month through a channel, by kind of income, in fen.

    `credited_fen` counts received sales, `reversed_fen` what refunds took back from them;
    `pending_fen` is the month's change of what is paid but not yet received: it is not aid.
    Sales held by screening are in none of them.
    """

    household = models.ForeignKey(
        Household, models.PROTECT, related_name="totals", verbose_name=_("Household")
    )
    month = models.DateField(_("Month"))
    channel = models.CharField(_("Channel"), max_length=12, choices=Channel)
    income_kind = models.CharField(_("Income kind"), max_length=8, choices=IncomeKind)
    credited_fen = models.BigIntegerField(_("Credited (fen)"), default=0)
    reversed_fen = models.BigIntegerField(_("Reversed (fen)"), default=0)
    pending_fen = models.BigIntegerField(_("Change of pending (fen)"), default=0)

    class Meta:
        verbose_name = _("Household total")
        verbose_name_plural = _("Household totals")
        constraints = [
            models.UniqueConstraint(
                name="household_total_once",
                fields=["household", "month", "channel", "income_kind"],
            ),
            models.CheckConstraint(
                name="household_total_month_first_day", condition=Q(month__day=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household} {self.month:%Y-%m}"


class ProducerTotal(models.Model):
    """A producer's sales in a month through a channel, in fen: the basis of gross and net.

    `gross_fen` counts paid sales, `refunded_fen` what went back to buyers, `received_fen`
    what buyers have received; `pending_fen` is the month's change of paid but not received.
    Sales held by screening are in none of these: `held_fen` is what was paid for them. Where a
    signed month's sale is held or released later, the month of the posting may fall below 0.
    """

    producer = models.ForeignKey(
        Producer, models.PROTECT, related_name="totals", verbose_name=_("Producer")
    )
    month = models.DateField(_("Month"))
    channel = models.CharField(_("Channel"), max_length=12, choices=Channel)
    gross_fen = models.BigIntegerField(_("Gross sales (fen)"), default=0)
    refunded_fen = models.BigIntegerField(_("Refunds (fen)"), default=0)
    received_fen = models.BigIntegerField(_("Received (fen)"), default=0)
    pending_fen = models.BigIntegerField(_("Change of pending (fen)"), default=0)
    held_fen = models.BigIntegerField(_("Held by screening (fen)"), default=0, db_default=0)

    class Meta:
        verbose_name = _("Producer total")
        verbose_name_plural = _("Producer totals")
        constraints = [
            models.UniqueConstraint(
                name="producer_total_once", fields=["producer", "month", "channel"]
            ),
            models.CheckConstraint(
                name="producer_total_counts_up",
                condition=Q(gross_fen__gte=-F("held_fen")),
            ),
            models.CheckConstraint(
                name="producer_total_month_first_day", condition=Q(month__day=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.producer} {self.month:%Y-%m}"


class SalesDay(models.Model):
    """What was paid for a producer's goods on a day of China's through one offer, in fen.

    The same sales as in `ProducerTotal`, told apart by day, by offer and so by live session, and by
    product: there are as many rows as offers have days on which they sell. `month` is the
    book's, where they count; a late entry's is after its `day`, and below 0 where it holds a sale
    of a signed month. No `offer`: not sold through one. No `product`: not an order's line.
    """

    producer = models.ForeignKey(
        Producer, models.PROTECT, related_name="sales_days", verbose_name=_("Producer")
    )
    offer = models.ForeignKey(
        Offer, models.PROTECT, related_name="sales_days", null=True, verbose_name=_("Offer")
    )
    product = models.ForeignKey(
        Product, models.PROTECT, related_name="sales_days", null=True, verbose_name=_("Product")
    )
    channel = models.CharField(_("Channel"), max_length=12, choices=Channel)
    month = models.DateField(_("Month"))
    day = models.DateField(_("Day"))
    gross_fen = models.BigIntegerField(_("Gross sales (fen)"), default=0)
    refunded_fen = models.BigIntegerField(_("Refunds (fen)"), default=0)

    class Meta:
        verbose_name = _("Sales of a day")
        verbose_name_plural = _("Sales by day")
        indexes = [
            models.Index(name="sales_day_of_month", fields=["month"]),
            models.Index(name="sales_day_of_day", fields=["day"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="sales_day_once",
                fields=["producer", "offer", "product", "channel", "month", "day"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="sales_day_month_first_day", condition=Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.producer} {self.day}"
