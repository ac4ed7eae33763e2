"""Admin of hosts, live sessions and offers; hosts run their sessions in the studio."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lukou_market.regions.columns import days_column, yuan_column
from lukou_market.regions.scoped_admin import RecordInline, ScopedModelAdmin
from lukou_market.regions.scoped_filters import RegionFilter
from lukou_market.streams.chat_admin import BlockedWordAdmin, ChatMessageAdmin
from lukou_market.streams.models import Host, LiveSession, Offer

__all__ = [
    "BlockedWordAdmin", "ChatMessageAdmin", "HostAdmin", "LiveSessionAdmin", "OfferAdmin",
]  # fmt: skip


@admin.register(Host)
class HostAdmin(ScopedModelAdmin):
    """Certified hosts."""

    region_path = "village_id"
    list_display = ("user", "village", "certificate_number", "certified")
    list_filter = (RegionFilter,)
    list_select_related = ("user", "village")
    search_fields = ("user__display_name", "certificate_number")
    ordering = ("id",)
    autocomplete_fields = ("user",)
    shown_as = {"certified_during": "certified"}
    certified = days_column("certified_during", _("Certified during"))


class OfferInline(RecordInline):
    """What a session sells."""

    model = Offer
    fields = ("sku", "price", "quota", "taken", "limit_per_buyer", "paused")
    readonly_fields = ("price", "taken")
    tab = False
    price = yuan_column("price_fen", _("Price (yuan)"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("sku__product")


@admin.register(LiveSession)
class LiveSessionAdmin(ScopedModelAdmin):
    """Sessions; their status moves in the studio only."""

    region_path = "host__village_id"
    list_display = ("title", "host", "status", "scheduled_at", "started_at", "ended_at", "viewers")
    list_filter = (RegionFilter, "status")
    list_select_related = ("host__user",)
    search_fields = ("title", "host__user__display_name")
    fields = ("title", "host", "status", "scheduled_at", "started_at", "ended_at", "viewers")
    readonly_fields = ("status", "started_at", "ended_at", "viewers")
    autocomplete_fields = ("host",)
    inlines = (OfferInline,)


@admin.register(Offer)
class OfferAdmin(ScopedModelAdmin):
    """Offers of all sessions; hosts add them in the studio."""

    region_path = "session__host__village_id"
    list_display = ("sku", "session", "price", "quota", "taken", "limit_per_buyer", "paused")
    list_filter = (RegionFilter, "paused")
    list_select_related = ("sku__product", "session")
    search_fields = ("sku__product__name", "session__title")
    fields = (
        "session", "sku", "price", "quota", "taken", "limit_per_buyer", "opens_at", "closes_at",
        "paused", "organisations_until",
    )  # fmt: skip
    readonly_fields = ("session", "sku", "price", "taken")
    price = yuan_column("price_fen", _("Price (yuan)"))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
