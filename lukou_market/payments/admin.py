"""Admin of payments, refunds and the Stripe inbox; refunds are decided here."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import action

from lukou_market.accounts.ask_page import ask, user_of
from lukou_market.kernel.errors import DomainError
from lukou_market.kernel.money import yuan
from lukou_market.payments.decide_refund import approve_refund, reject_refund
from lukou_market.payments.dispute_admin import DisputeAdmin, DisputeInline
from lukou_market.payments.models import Payment, Refund, WebhookEvent
from lukou_market.payments.queries import returns_to_send
from lukou_market.payments.record_return import record_return
from lukou_market.payments.settlement_admin import (
    BalanceMovementAdmin,
    DiscrepancyAdmin,
    PayoutAdmin,
)
from lukou_market.payments.transfer_admin import (
    BankTransferAdmin,
    PaymentNoticeAdmin,
    may_record,
)
from lukou_market.payments.transfer_forms import StatementForm
from lukou_market.regions.columns import number_column, yuan_column
from lukou_market.regions.desk import desk_of
from lukou_market.regions.scoped_admin import RecordAdmin
from lukou_market.regions.scoped_filters import RegionFilter

__all__ = [
    "BalanceMovementAdmin",
    "BankTransferAdmin",
    "DiscrepancyAdmin",
    "DisputeAdmin",
    "PaymentAdmin",
    "PaymentNoticeAdmin",
    "PayoutAdmin",
    "RefundAdmin",
    "WebhookEventAdmin",
]


@admin.register(Payment)
class PaymentAdmin(RecordAdmin):
    """Payments of the region's orders."""

    region_path = "order__lines__producer__village_id"
    list_display = ("number", "order", "status", "amount", "refunding", "applied", "paid_at")
    list_filter = (RegionFilter, "status", "applied")
    list_select_related = ("order",)
    search_fields = ("order__number__startswith",)
    fields = (
        "order", "status", "amount", "refunding", "disputed", "applied", "bank_transfer",
        "created_at", "checked_at", "paid_at",
    )  # fmt: skip
    readonly_fields = ("amount", "refunding", "disputed")
    inlines = (DisputeInline,)
    number = number_column()
    amount = yuan_column("amount_fen", _("Amount (yuan)"))
    refunding = yuan_column("refunding_fen", _("Refunded or being refunded (yuan)"))
    disputed = yuan_column("disputed_fen", _("Disputed (yuan)"))


class WayFilter(admin.SimpleListFilter):
    """Through Stripe, or by a transfer that a person sends."""

    title = cast(str, _("How it goes back"))
    parameter_name = "way"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("stripe", "Stripe"), ("transfer", _("Bank transfer"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        return queryset.filter(payment__bank_transfer__isnull=self.value() == "stripe")


@admin.register(Refund)
class RefundAdmin(RecordAdmin):
    """Refunds; a cadre of the producer's region approves or rejects those asked for."""

    region_path = "payment__order__lines__producer__village_id"
    list_display = ("number", "order", "status", "reason", "amount", "way", "note", "requested_at")
    list_filter = (RegionFilter, "status", "reason", WayFilter)
    list_select_related = ("payment__order", "payment__bank_transfer", "bank_transfer")
    search_fields = ("payment__order__number__startswith",)
    fields = (
        "order", "status", "reason", "amount", "way", "note", "requested_at", "attempts",
        "settled_at",
    )  # fmt: skip
    readonly_fields = ("order", "amount", "way")
    actions = ("approve", "reject")
    actions_detail = ("record_gone",)
    number = number_column()
    amount = yuan_column("amount_fen", _("Amount (yuan)"))

    @admin.display(description=_("Order"))
    def order(self, refund: Refund) -> str:
        """The order's number."""
        return refund.payment.order.number

    @admin.display(description=_("How it goes back"))
    def way(self, refund: Refund) -> str:
        """Through Stripe, or by a transfer to where the bank's movement came from."""
        came = refund.payment.bank_transfer
        if came is None:
            return "Stripe"
        if refund.bank_transfer:
            words = {"reference": refund.bank_transfer, "day": refund.bank_transfer.on}
            return _("Bank transfer %(reference)s of %(day)s") % words
        words = {"reference": came, "day": came.on}
        return _("Bank transfer, to the account of %(reference)s of %(day)s") % words

    def has_decide_permission(self, request: HttpRequest) -> bool:
        """Cadres and superusers; auditors look."""
        return desk_of(request).keeps_registers

    def has_record_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Whoever records transfers, for what waits to be sent."""
        number = str(object_id)
        waits = number.isdecimal() and returns_to_send().filter(pk=number).exists()
        return waits and may_record(request)

    @action(  # type: ignore[untyped-decorator]
        description=_("Record the bank transfer"), permissions=["record"], url_path="gone"
    )
    def record_gone(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Asks for the statement's number and date of what was sent."""
        refund = self.get_queryset(request).filter(pk=object_id).first()
        if refund is None:
            raise Http404
        back = reverse("admin:payments_refund_change", args=[refund.pk])
        form = StatementForm(request.POST or None)
        if form.is_valid():
            try:
                record_return(
                    refund_id=refund.pk, by=user_of(request), now=timezone.now(),
                    **form.cleaned_data,
                )  # fmt: skip
            except DomainError as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, _("The refund is done."))
                return HttpResponseRedirect(back)
        said = _("Send ¥%(yuan)s back first, to the account it came from: %(way)s.") % {
            "yuan": yuan(refund.amount_fen), "way": self.way(refund),
        }  # fmt: skip
        title = _("Record the bank transfer")
        return ask(request, form=form, title=title, said=said, back=back, on=refund.payment.order)

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

    list_display = ("number", "type", "received_at", "processed_at", "attempts")
    list_filter = (("processed_at", admin.EmptyFieldListFilter),)
    search_fields = ("stripe_id__startswith", "type__startswith")
    fields = (
        "stripe_id", "type", "received_at", "processed_at", "next_attempt_at", "attempts",
        "last_error",
    )  # fmt: skip
    number = number_column()
