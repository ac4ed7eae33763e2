"""What is sold: products, the packages they are sold in, and the lots they come from."""

import pgtrigger
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lukou_market.households.models import Farmer, Producer
from lukou_market.kernel.triggers import frozen_columns, refusal


class Product(models.Model):
    """A producer's product; a certified one (扶贫产品认定) is certified for a period."""

    class SoldBy(models.TextChoices):
        WEIGHT = "weight", _("Weight")
        PIECE = "piece", _("Piece")

    producer = models.ForeignKey(
        Producer, models.PROTECT, related_name="products", verbose_name=_("Producer")
    )
    name = models.CharField(_("Name"), max_length=60)
    sold_by = models.CharField(_("Sold by"), max_length=6, choices=SoldBy, default=SoldBy.WEIGHT)
    certificate_number = models.CharField(_("Certificate number"), max_length=30, blank=True)
    certified_during = DateRangeField(_("Certified during"), null=True, blank=True)

    class Meta:
        verbose_name = _("Product")
        verbose_name_plural = _("Products")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="product_name_once", fields=["producer", "name"]),
            models.CheckConstraint(
                name="product_certificate_dated",
                condition=Q(certificate_number="", certified_during__isnull=True)
                | (~Q(certificate_number="") & Q(certified_during__isempty=False)),
            ),
        ]
        # Past sales name their producer through the product.
        triggers = [frozen_columns("product_producer_kept", "producer_id")]

    def __str__(self) -> str:
        return self.name


class Sku(models.Model):
    """A package of a product (规格): what one unit weighs when sold, in grams."""

    product = models.ForeignKey(
        Product, models.PROTECT, related_name="skus", verbose_name=_("Product")
    )
    name = models.CharField(_("Name"), max_length=40)
    weight_g = models.PositiveIntegerField(_("Weight (g)"))
    list_price_fen = models.PositiveIntegerField(_("List price (fen)"))

    class Meta:
        verbose_name = _("SKU")
        verbose_name_plural = _("SKUs")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="sku_name_once", fields=["product", "name"]),
            models.CheckConstraint(name="sku_weight_positive", condition=Q(weight_g__gt=0)),
            models.CheckConstraint(name="sku_price_positive", condition=Q(list_price_fen__gt=0)),
        ]
        triggers = [frozen_columns("sku_product_kept", "product_id")]

    def __str__(self) -> str:
        return f"{self.product.name} {self.name}"


class HarvestLot(models.Model):
    """What was picked on one day for one product (批次): the basis of traceability."""

    number = models.CharField(_("Lot number"), max_length=20, unique=True)
    product = models.ForeignKey(
        Product, models.PROTECT, related_name="lots", verbose_name=_("Product")
    )
    picked_on = models.DateField(_("Picked on"))

    class Meta:
        verbose_name = _("Harvest lot")
        verbose_name_plural = _("Harvest lots")
        ordering = ["-picked_on", "number"]
        triggers = [frozen_columns("harvest_lot_product_kept", "product_id")]

    def __str__(self) -> str:
        return self.number


class LotSupply(models.Model):
    """What one farmer brought to a lot, in grams.

    `drawn_g` is what sold lines have drawn of it. It follows the draws alone: what is written
    to it here, a stale form's value for instance, is ignored.
    """

    lot = models.ForeignKey(
        HarvestLot, models.CASCADE, related_name="supplies", verbose_name=_("Harvest lot")
    )
    farmer = models.ForeignKey(Farmer, models.PROTECT, verbose_name=_("Farmer"))
    weight_g = models.PositiveIntegerField(_("Weight (g)"))
    drawn_g = models.PositiveIntegerField(_("Sold of it (g)"), default=0, editable=False)

    class Meta:
        verbose_name = _("Lot supply")
        verbose_name_plural = _("Lot supplies")
        constraints = [
            models.UniqueConstraint(name="lot_supply_once", fields=["lot", "farmer"]),
            models.CheckConstraint(name="lot_supply_weight_positive", condition=Q(weight_g__gt=0)),
            models.CheckConstraint(
                name="lot_supply_drawn_within",
                condition=Q(drawn_g__gte=0, drawn_g__lte=F("weight_g")),
            ),
        ]
        indexes = [
            models.Index(
                name="lot_supply_left", fields=["lot"], condition=Q(drawn_g__lt=F("weight_g"))
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="lot_supply_drawn_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                # Depth 2 is the trigger of the draws.
                func=f"""
                    IF TG_OP = 'INSERT' THEN
                        NEW.drawn_g := 0;
                    ELSIF pg_trigger_depth() = 1 THEN
                        NEW.drawn_g := OLD.drawn_g;
                        IF OLD.drawn_g > 0 AND (NEW.lot_id <> OLD.lot_id
                                                OR NEW.farmer_id <> OLD.farmer_id) THEN
                            {refusal("lot_supply_drawn_kept", "what is sold stays in its lot")}
                        END IF;
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.lot}: {self.farmer}"
