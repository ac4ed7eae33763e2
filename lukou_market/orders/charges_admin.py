"""Admin of what is charged at the checkout: shipping rates and unions' vouchers."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from lukou_market.orders.charges_forms import ShippingRateForm, VoucherForm
from lukou_market.orders.models import ShippingRate, Voucher, VoucherUse
from lukou_market.regions.columns import yuan_column
from lukou_market.regions.scoped_admin import RecordAdmin, ScopedModelAdmin


@admin.register(ShippingRate)
class ShippingRateAdmin(ScopedModelAdmin):
    """What sending costs, by place and weight. Without any rate it is free."""

    form = ShippingRateForm
    shown_as = {"first_fen": "first", "step_fen": "step", "free_from_fen": "free_from"}
    list_display = ("name", "prefix", "delivered", "first", "step", "free_from")
    first = yuan_column("first_fen", _("First weight (yuan)"))
    step = yuan_column("step_fen", _("Each further weight (yuan)"))
    free_from = yuan_column("free_from_fen", _("Free from (yuan)"))


@admin.register(Voucher)
class VoucherAdmin(ScopedModelAdmin):
    """Vouchers; what is off never changes."""

    form = VoucherForm
    shown_as = {"off_fen": "off", "min_goods_fen": "min_goods", "budget_fen": "budget"}
    list_display = ("name", "issued_by", "code", "off", "per_member", "budget", "used")
    search_fields = ("name", "code", "issued_by")
    readonly_fields = ("used",)
    off = yuan_column("off_fen", _("Off (yuan)"))
    min_goods = yuan_column("min_goods_fen", _("From goods worth (yuan)"))
    budget = yuan_column("budget_fen", _("Money of the union (yuan)"))
    used = yuan_column("used_fen", _("Of it used (yuan)"))


@admin.register(VoucherUse)
class VoucherUseAdmin(RecordAdmin):
    """Which order used which voucher."""

    list_display = ("order", "voucher", "off", "holds")
    list_filter = ("voucher", "holds")
    list_select_related = ("order", "voucher")
    fields = ("order", "voucher", "off", "holds")
    readonly_fields = ("off",)
    off = yuan_column("off_fen", _("Off (yuan)"))
