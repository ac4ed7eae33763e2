"""Admin of payments, refunds and the Stripe inbox; refunds are decided here."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lukou_market.kernel.errors import DomainError
from lukou_market.payments.decide_refund import approve_refund, reject_refund
from lukou_market.payments.dispute_admin import DisputeAdmin, DisputeInline
from lukou_market.payments.models import Payment, Refund, WebhookEvent
from lukou_market.payments.settlement_admin import (
    BalanceMovementAdmin,
    DiscrepancyAdmin,
    PayoutAdmin,
)
from lukou_market.regions.columns import yuan_column
from lukou_market.regions.desk import desk_of
from lukou_market.regions.scoped_admin import RecordAdmin
from lukou_market.regions.scoped_filters import RegionFilter

__all__ = [
    "BalanceMovementAdmin",
    "DiscrepancyAdmin",
    "DisputeAdmin",
    "PaymentAdmin",
    "PayoutAdmin",
    "RefundAdmin",
    "WebhookEventAdmin",
]


@admin.register(Payment)
class PaymentAdmin(RecordAdmin):
    """Payments of the region's orders."""

    region_path = "order__lines__producer__village_id"
    list_display = ("id", "order", "status", "amount", "refunding", "applied", "paid_at")
    list_filter = (RegionFilter, "status", "applied")
    list_select_related = ("order",)
    search_fields = ("order__number__startswith",)
    fields = (
        "order", "status", "amount", "refunding", "disputed", "applied", "created_at",
        "checked_at", "paid_at",
    )  # fmt: skip
    readonly_fields = ("amount", "refunding", "disputed")
    inlines = (DisputeInline,)
    amount = yuan_column("amount_fen", _("Amount (yuan)"))
    refunding = yuan_column("refunding_fen", _("Refunded or being refunded (yuan)"))
    disputed = yuan_column("disputed_fen", _("Disputed (yuan)"))


@admin.register(Refund)
class RefundAdmin(RecordAdmin):
    """Refunds; a cadre of the producer's region approves or rejects those asked for."""

    region_path = "payment__order__lines__producer__village_id"
    list_display = ("id", "order", "status", "reason", "amount", "note", "requested_at")
    list_filter = (RegionFilter, "status", "reason")
    list_select_related = ("payment__order",)
    search_fields = ("payment__order__number__startswith",)
    fields = (
        "order", "status", "reason", "amount", "note", "requested_at", "attempts", "settled_at"
    )  # fmt: skip
    readonly_fields = ("order", "amount")
    actions = ("approve", "reject")
    amount = yuan_column("amount_fen", _("Amount (yuan)"))

    @admin.display(description=_("Order"))
    def order(self, refund: Refund) -> str:
        """The order's number."""
        return refund.payment.order.number

    def has_decide_permission(self, request: HttpRequest) -> bool:
        """Cadres and superusers; auditors look."""
        return desk_of(request).keeps_registers

    @admin.action(description=_("Approve the selected refunds"), permissions=["decide"])
    def approve(self, request: HttpRequest, refunds: QuerySet[Refund]) -> None:
        """The money goes back with the next round of refunds."""
        self._decide(request, refunds, approve_refund)

    @admin.action(description=_("Reject the selected refunds"), permissions=["decide"])
    def reject(self, request: HttpRequest, refunds: QuerySet[Refund]) -> None:
        """The buyer keeps the goods, we the money."""
        self._decide(request, refunds, reject_refund)

    def _decide(
        self, request: HttpRequest, refunds: QuerySet[Refund], decide: Callable[..., Any]
    ) -> None:
        decided = 0
        for refund in refunds:
            try:
                decide(refund_id=refund.pk, now=timezone.now())
            except DomainError as refusal:
                messages.error(request, f"{refund.payment.order}: {refusal}")
            else:
                decided += 1
        if decided:
            said = ngettext("%d refund was decided.", "%d refunds were decided.", decided)
            messages.success(request, said % decided)


@admin.register(WebhookEvent)
class WebhookEventAdmin(RecordAdmin):
    """Stripe's events; their payload names buyers and stays in the database."""

    list_display = ("id", "type", "received_at", "processed_at", "attempts")
    list_filter = (("processed_at", admin.EmptyFieldListFilter),)
    search_fields = ("stripe_id__startswith", "type__startswith")
    fields = (
        "stripe_id", "type", "received_at", "processed_at", "next_attempt_at", "attempts",
        "last_error",
    )  # fmt: skip
