"""Admin of the totals that the aid-sales report adds up."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from lukou_market.aid.book_admin import AccountAdmin, JournalAdmin, TransferAdmin
from lukou_market.aid.link_admin import BenefitLinkAdmin
from lukou_market.aid.lot_admin import LotWaitAdmin
from lukou_market.aid.models import HouseholdTotal, ProducerTotal
from lukou_market.regions.columns import month_column, yuan_column
from lukou_market.regions.scoped_admin import RecordAdmin
from lukou_market.regions.scoped_filters import RegionFilter

__all__ = [
    "AccountAdmin",
    "BenefitLinkAdmin",
    "HouseholdTotalAdmin",
    "JournalAdmin",
    "LotWaitAdmin",
    "ProducerTotalAdmin",
    "TransferAdmin",
]


@admin.register(HouseholdTotal)
class HouseholdTotalAdmin(RecordAdmin):
    """What reached a household, by month, channel and kind of income."""

    region_path = "household__village_id"
    list_display = (
        "household", "of_month", "channel", "income_kind", "credited", "reversed_back", "pending"
    )  # fmt: skip
    list_filter = (RegionFilter, "month", "channel", "income_kind")
    list_select_related = ("household",)
    search_fields = ("household__number",)
    fields = list_display
    readonly_fields = ("of_month", "credited", "reversed_back", "pending")
    of_month = month_column("month", _("Month"))
    credited = yuan_column("credited_fen", _("Credited (yuan)"))
    reversed_back = yuan_column("reversed_fen", _("Reversed (yuan)"))
    pending = yuan_column("pending_fen", _("Change of pending (yuan)"))


@admin.register(ProducerTotal)
class ProducerTotalAdmin(RecordAdmin):
    """What a producer sold, by month and channel."""

    region_path = "producer__village_id"
    list_display = ("producer", "of_month", "channel", "gross", "refunded", "received", "pending")
    list_filter = (RegionFilter, "month", "channel")
    list_select_related = ("producer",)
    search_fields = ("producer__name",)
    fields = list_display
    readonly_fields = ("of_month", "gross", "refunded", "received", "pending")
    of_month = month_column("month", _("Month"))
    gross = yuan_column("gross_fen", _("Gross sales (yuan)"))
    refunded = yuan_column("refunded_fen", _("Refunds (yuan)"))
    received = yuan_column("received_fen", _("Received (yuan)"))
    pending = yuan_column("pending_fen", _("Change of pending (yuan)"))
