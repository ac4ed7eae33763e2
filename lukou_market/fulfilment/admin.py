"""Admin of parcels: to look at; packing and shipping happen in the studio."""

from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lukou_market.fulfilment.models import Shipment
from lukou_market.kernel.weight import jin, kilograms
from lukou_market.regions.scoped_admin import RecordAdmin
from lukou_market.regions.scoped_filters import RegionFilter


@admin.register(Shipment)
class ShipmentAdmin(RecordAdmin):
    """Parcels of the region's producers."""

    region_path = "order__lines__producer__village_id"
    list_display = ("order", "boxes", "weight", "packed_by", "packed_at", "carrier", "shipped_at")
    list_filter = (RegionFilter, "carrier")
    list_select_related = ("order", "packed_by")
    search_fields = ("order__number__startswith", "tracking_number__startswith")
    fields = (
        "order", "weight", "packed_by", "packed_at", "carrier", "tracking_number", "shipped_at"
    )  # fmt: skip
    readonly_fields = ("weight",)

    @admin.display(description=_("Packed weight"), ordering="packed_g")
    def weight(self, shipment: Shipment) -> str:
        """What the scales said, in 斤 and kilograms."""
        weights = {"jin": jin(shipment.packed_g), "kg": kilograms(shipment.packed_g)}
        return gettext("%(jin)s jin (%(kg)s kg)") % weights
