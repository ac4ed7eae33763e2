"""Admin of parcels: to look at; packing and shipping happen in the studio."""

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lukou_market.fulfilment.keep_photo import photo_link
from lukou_market.fulfilment.models import Claim, Shipment, TrackingEvent
from lukou_market.kernel.weight import jin, kilograms
from lukou_market.regions.columns import number_column, shown_yuan, yuan_column
from lukou_market.regions.scoped_admin import RecordAdmin, RecordInline
from lukou_market.regions.scoped_filters import RegionFilter


class ScanInline(RecordInline):
    """What the carrier said, in order."""

    model = TrackingEvent
    fields = ("occurred_at", "place", "text", "code")
    tab = False


@admin.register(Shipment)
class ShipmentAdmin(RecordAdmin):
    """Parcels of the region's producers."""

    region_path = "order__lines__producer__village_id"
    list_display = (
        "order", "which_boxes", "weight", "packed_at", "carrier", "tracking_number",
        "shipped_at", "delivered_at",
    )  # fmt: skip
    list_filter = (RegionFilter, "carrier")
    list_select_related = ("order",)
    search_fields = ("order__number__startswith", "tracking_number__startswith")
    fields = (
        "order", "which_boxes", "weight", "lighter", "packed_by", "packed_at", "carrier",
        "tracking_number", "booked_at", "shipped_at", "asked_at", "delivered_at",
    )  # fmt: skip
    readonly_fields = ("which_boxes", "weight", "lighter")
    inlines = (ScanInline,)
    lighter = yuan_column("lighter_fen", _("Given back (yuan)"))

    @admin.display(description=_("Boxes"), ordering="first_box")
    def which_boxes(self, shipment: Shipment) -> str:
        """Which of the order's."""
        return shipment.which_boxes

    @admin.display(description=_("Packed weight"), ordering="packed_g")
    def weight(self, shipment: Shipment) -> str:
        """What the scales said, in 斤 and kilograms."""
        weights = {"jin": jin(shipment.packed_g), "kg": kilograms(shipment.packed_g)}
        return gettext("%(jin)s jin (%(kg)s kg)") % weights


@admin.register(Claim)
class ClaimAdmin(RecordAdmin):
    """Claims for spoiled goods from the region; they are decided on with their refunds."""

    region_path = "refund__payment__order__lines__producer__village_id"
    list_display = ("number", "order", "status", "amount", "decide_by", "escalated_at")
    list_filter = (RegionFilter, "refund__status")
    list_select_related = ("refund__payment__order",)
    search_fields = ("refund__payment__order__number__startswith",)
    fields = (
        "order", "status", "amount", "note", "spoiled_g", "of_g", "shown_photos", "decide_by",
        "decided_by_time", "escalated_at",
    )  # fmt: skip
    readonly_fields = ("order", "status", "amount", "note", "shown_photos")

    number = number_column()

    @admin.display(description=_("Order"))
    def order(self, claim: Claim) -> str:
        """The order's number."""
        return claim.refund.payment.order.number

    @admin.display(description=_("Status"))
    def status(self, claim: Claim) -> str:
        """The refund's."""
        return claim.refund.get_status_display()

    @admin.display(description=_("Amount (yuan)"))
    def amount(self, claim: Claim) -> str:
        """What goes back if it is granted."""
        return shown_yuan(claim.refund.amount_fen)

    @admin.display(description=_("Note"))
    def note(self, claim: Claim) -> str:
        """What the buyer wrote."""
        return claim.refund.note or "-"

    @admin.display(description=_("Photos"))
    def shown_photos(self, claim: Claim) -> str:
        """Small; each leads to the whole."""
        links = [(photo_link(photo),) * 2 for photo in claim.photos.all()]
        picture = (
            '<a href="{}" style="display:inline-block;margin:0 .5rem .5rem 0">'
            '<img src="{}" alt="" style="max-height:12rem"></a>'
        )
        return format_html_join("", picture, links) or "-"
