"""Admin of paid orders that wait for a harvest lot, each with what to do."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lukou_market.aid.lot_models import LotWait
from lukou_market.kernel.weight import kilograms
from lukou_market.regions.columns import LINK
from lukou_market.regions.scoped_admin import RecordAdmin
from lukou_market.regions.scoped_filters import RegionFilter


@admin.register(LotWait)
class LotWaitAdmin(RecordAdmin):
    """Sold at a stated price, but no lot says whose goods they are: not in the book yet."""

    region_path = "product__producer__village_id"
    list_display = ("order", "product", "needed", "since", "what_to_do")
    list_filter = (RegionFilter,)
    list_select_related = ("order", "product")
    search_fields = ("order__number", "product__name")
    ordering = ("since", "id")
    fields = list_display
    readonly_fields = ("needed", "what_to_do")

    @admin.display(description=_("Weight needed (kg)"), ordering="needed_g")
    def needed(self, wait: LotWait) -> str:
        """What the order would draw."""
        return kilograms(wait.needed_g)

    @admin.display(description=_("What to do"))
    def what_to_do(self, wait: LotWait) -> str:
        """Where to enter the lot that is missing."""
        why = gettext("Enter who brought these goods; the order is then posted by itself.")
        page = reverse("admin:catalog_harvestlot_add") + f"?product={wait.product_id}"
        link = format_html(LINK, page, gettext("Enter a lot"))
        return format_html("<span>{} {}</span>", why, link)
