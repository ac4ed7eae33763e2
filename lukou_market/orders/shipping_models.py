"""What it costs to send goods somewhere, by region and weight."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ShippingRate(models.Model):
    """The price of a parcel to the places whose division code begins with `prefix`.

    The longest prefix that fits a place counts; the empty one is the whole country. Where no
    rate fits, sending is free. `step_fen` is for each begun `step_g` beyond `first_g`.
    """

    prefix = models.CharField(
        _("Division code begins with"), max_length=6, blank=True, unique=True,
        help_text=_("For example 43 for Hunan, 4302 for Zhuzhou. Empty: everywhere else."),
    )  # fmt: skip
    name = models.CharField(_("Name"), max_length=40)
    delivered = models.BooleanField(_("We send there"), default=True)
    first_g = models.PositiveIntegerField(_("First weight (g)"), default=1000)
    first_fen = models.PositiveIntegerField(_("Price of the first weight (fen)"), default=0)
    step_g = models.PositiveIntegerField(_("Further weight (g)"), default=1000)
    step_fen = models.PositiveIntegerField(_("Price of each further weight (fen)"), default=0)
    free_from_fen = models.PositiveBigIntegerField(
        _("Free from goods worth (fen)"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("Shipping rate")
        verbose_name_plural = _("Shipping rates")
        ordering = ["prefix"]
        constraints = [
            models.CheckConstraint(
                name="shipping_rate_prefix", condition=Q(prefix__regex=r"^([0-9]{2}){0,3}$")
            ),
            models.CheckConstraint(
                name="shipping_rate_steps", condition=Q(first_g__gt=0, step_g__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def fen_for(self, *, weight_g: int, goods_fen: int) -> int:
        """The price in fen of sending so many grams of goods worth `goods_fen`."""
        if self.free_from_fen is not None and goods_fen >= self.free_from_fen:
            return 0
        further_g = max(0, weight_g - self.first_g)
        return self.first_fen + -(-further_g // self.step_g) * self.step_fen
