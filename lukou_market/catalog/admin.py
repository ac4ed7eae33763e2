"""Admin of products, packages and harvest lots."""

from operator import attrgetter
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lukou_market.catalog.models import HarvestLot, LotSupply, Product, Sku
from lukou_market.catalog.sku_form import SkuForm
from lukou_market.kernel.weight import jin, kilograms
from lukou_market.regions.columns import days_column, linked_column, yuan_column
from lukou_market.regions.scoped_admin import (
    ROWS_OF_CHOICES,
    RecordInline,
    ScopedInline,
    ScopedModelAdmin,
)
from lukou_market.regions.scoped_filters import RegionFilter


class SkuInline(RecordInline):
    """The packages of a product; changed on their own page."""

    model = Sku
    fields = ("linked_name", "weight_g", "list_price")
    readonly_fields = ("linked_name", "list_price")
    linked_name = linked_column(attrgetter("name"), _("Name"))
    list_price = yuan_column("list_price_fen", _("List price (yuan)"))


@admin.register(Product)
class ProductAdmin(ScopedModelAdmin):
    """Products; which producer sells one never changes, past sales name it."""

    region_path = "producer__village_id"
    kept_by_cadres = True
    list_display = ("name", "producer", "sold_by", "certificate_number", "certified")
    list_filter = (RegionFilter, "sold_by", "producer")
    list_select_related = ("producer",)
    search_fields = ("name", "producer__name", "certificate_number")
    autocomplete_fields = ("producer",)
    inlines = (SkuInline,)
    fields = ("producer", "name", "sold_by", "certificate_number", "certified_during")
    shown_as = {"certified_during": "certified"}
    certified = days_column("certified_during", _("Certified during"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("producer",) if obj else ()


@admin.register(Sku)
class SkuAdmin(ScopedModelAdmin):
    """Packages by weight and list price."""

    form = SkuForm
    region_path = "product__producer__village_id"
    kept_by_cadres = True
    list_display = ("__str__", "weight", "list_price")
    list_filter = (RegionFilter,)
    list_select_related = ("product",)
    search_fields = ("name", "product__name")
    autocomplete_fields = ("product",)
    fields = ("product", "name", "weight_g", "list_price")
    list_price = yuan_column("list_price_fen", _("List price (yuan)"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("product",) if obj else ()

    @admin.display(description=_("Weight"), ordering="weight_g")
    def weight(self, sku: Sku) -> str:
        """斤 and kilograms."""
        weights = {"jin": jin(sku.weight_g), "kg": kilograms(sku.weight_g)}
        return gettext("%(jin)s jin (%(kg)s kg)") % weights


class LotSupplyInline(ScopedInline):
    """What each farmer of the region brought to a lot."""

    model = LotSupply
    region_path = "farmer__member__household__village_id"
    kept_by_cadres = True
    removable_by_cadres = True
    autocomplete_fields = ("farmer",)
    fields = ("farmer", "weight_g", "drawn_g")
    readonly_fields = ("drawn_g",)
    ordering = ("id",)
    per_page = ROWS_OF_CHOICES

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("lot", "farmer__member")


@admin.register(HarvestLot)
class HarvestLotAdmin(ScopedModelAdmin):
    """Lots: the basis of traceability. What was sold of them stays as it is."""

    refusals = {
        "lot_supply_drawn_within": _("More of this has been sold already."),
        "lot_supply_drawn_kept": _("Of this supply some has been sold: its farmer stays."),
        "harvest_lot_product_kept": _("The product of a lot stays."),
    }
    region_path = "product__producer__village_id"
    kept_by_cadres = True
    list_display = ("number", "product", "picked_on")
    list_filter = (RegionFilter, "picked_on")
    list_select_related = ("product",)
    search_fields = ("number", "product__name")
    autocomplete_fields = ("product",)
    inlines = (LotSupplyInline,)
