"""Admin of orders: to look at. The address is for the packing table, not for this desk."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.show_in_full import ShownInFull
from lukou_market.kernel.masking import mask_name, mask_phone
from lukou_market.orders.charges_admin import ShippingRateAdmin, VoucherAdmin, VoucherUseAdmin
from lukou_market.orders.models import Order, OrderEvent, OrderLine
from lukou_market.regions.columns import masked_column, yuan_column
from lukou_market.regions.scoped_admin import RecordAdmin, RecordInline
from lukou_market.regions.scoped_filters import RegionFilter
from lukou_market.streams.chat_queries import said_around
from lukou_market.streams.replay_moment import moment_in

__all__ = ["OrderAdmin", "ShippingRateAdmin", "VoucherAdmin", "VoucherUseAdmin"]


class OrderLineInline(RecordInline):
    """What was ordered from producers of the region."""

    model = OrderLine
    region_path = "producer__village_id"
    fields = ("sku", "producer", "quantity", "price", "weight_g", "total")
    readonly_fields = ("price", "total")
    tab = False
    price = yuan_column("price_fen", _("Price (yuan)"))
    total = yuan_column("total_fen", _("Total (yuan)"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("sku__product", "producer")


class OrderEventInline(RecordInline):
    """What happened, in order."""

    model = OrderEvent
    fields = ("kind", "amount", "occurred_at")
    readonly_fields = ("amount",)
    tab = False
    amount = yuan_column("amount_fen", _("Amount (yuan)"))


@admin.register(Order)
class OrderAdmin(ShownInFull, RecordAdmin):
    """Orders of the region's producers."""

    region_path = "lines__producer__village_id"
    list_display = ("number", "status", "channel", "total", "refunded", "placed_at", "paid_at")
    list_filter = (RegionFilter, "status", "channel")
    search_fields = ("number__startswith",)
    search_help_text = _("The first characters of an order number")
    inlines = (OrderLineInline, OrderEventInline)
    fields = (
        "number", "status", "status_at", "channel", "session", "moment", "total", "shipping",
        "discount", "refunded",
        "placed_at", "pay_by", "paid_at", "shown_recipient", "shown_phone", "said",
    )  # fmt: skip
    readonly_fields = (
        "moment", "total", "shipping", "discount", "refunded", "shown_recipient", "shown_phone",
        "said",
    )  # fmt: skip
    actions_detail = ("show_in_full",)
    in_full = {
        "recipient": _("Recipient"),
        "recipient_phone": _("Recipient's phone"),
        "address": _("Address"),
    }
    shipping = yuan_column("shipping_fen", _("Shipping (yuan)"))
    discount = yuan_column("discount_fen", _("Discount (yuan)"))
    total = yuan_column("total_fen", _("Total (yuan)"))
    refunded = yuan_column("refunded_fen", _("Refunded (yuan)"))
    shown_recipient = masked_column("recipient", _("Recipient"), mask_name)
    shown_phone = masked_column("recipient_phone", _("Recipient's phone"), mask_phone)

    def subject_of(self, row: Order) -> str:
        return f"recipient of order {row.number}"

    def region_of_row(self, row: Order) -> str:
        villages = row.lines.order_by("pk").values_list("producer__village_id", flat=True)
        return villages.first() or ""

    @admin.display(description=_("What was said at the time"))
    def said(self, order: Order) -> str:
        """The room's words from a minute before the order to a minute after it."""
        if order.session_id is None:
            return "-"
        spoken = said_around(order.session_id, order.placed_at)
        lines = [(localtime(each["said_at"]), each["who"], each["text"]) for each in spoken]
        said = [(f"{at:%H:%M:%S}", who, text) for at, who, text in lines]
        return format_html_join(mark_safe("<br>"), "{} {}: {}", said) or "-"

    @admin.display(description=_("Moment of the stream"))
    def moment(self, order: Order) -> str:
        """What was said when this was bought: the time since the start, linked to the replay."""
        moment = moment_in(order.session, order.placed_at) if order.session else None
        if moment is None or moment.replay_s is None:
            return moment.offset if moment else "-"
        room = reverse("storefront:room", args=[order.session_id])
        return format_html('<a href="{}?t={}">{}</a>', room, moment.replay_s, moment.offset)
