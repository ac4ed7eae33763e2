"""Admin of bank transfers: which notices wait, what came, and what went back."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.ask_page import user_of
from lukou_market.kernel.errors import DomainError
from lukou_market.orders.models import Status
from lukou_market.payments.models import BankTransfer, Payment, PaymentNotice
from lukou_market.payments.queries import notices_to_match, returns_to_send
from lukou_market.payments.record_transfer import record_transfer
from lukou_market.payments.transfer_forms import TransferForm
from lukou_market.regions.columns import LINK, yuan_column
from lukou_market.regions.desk import desk_of
from lukou_market.regions.scoped_admin import RecordAdmin

_TYPED = ("number", "amount", "reference", "on")


class DistrictMoneyAdmin(RecordAdmin):
    """Our bank account lies in no village: who oversees the district sees all, others nothing."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model._default_manager.order_by("-id")
        return rows if desk_of(request).oversees_district else rows.none()

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return desk_of(request).oversees_district


def may_record(request: HttpRequest) -> bool:
    """Cadres of the district and superusers; auditors look."""
    desk = desk_of(request)
    return desk.keeps_registers and desk.oversees_district


@admin.register(PaymentNotice)
class PaymentNoticeAdmin(DistrictMoneyAdmin):
    """Whose transfers are waited for; from here one is recorded."""

    list_display = ("order", "buyer", "amount", "due_on", "state")
    list_select_related = ("order__invoice",)
    search_fields = ("order__number__startswith", "order__invoice__title")
    search_help_text = _("The first characters of an order number, or the organisation's name")
    fields = ("order", "buyer", "amount", "issued_at", "due_on", "state")
    readonly_fields = ("buyer", "amount", "state")
    amount = yuan_column("amount_fen", _("Amount (yuan)"))

    @admin.display(description=_("Organisation"))
    def buyer(self, notice: PaymentNotice) -> str:
        """Whom the invoice is made out to."""
        return str(notice.order.invoice)

    @admin.display(description=_("State"))
    def state(self, notice: PaymentNotice) -> Any:
        """How the order is; one that can still be paid has a link to record its transfer."""
        order = notice.order
        if order.status not in (Status.PLACED, Status.EXPIRED):
            return order.get_status_display()
        page = reverse("admin:payments_banktransfer_add") + f"?number={order.number}"
        link = format_html(LINK, page, _("record its transfer"))
        return format_html("{} · {}", order.get_status_display(), link)


@admin.register(BankTransfer)
class BankTransferAdmin(DistrictMoneyAdmin):
    """What our bank's statement says of organisations' orders."""

    form = TransferForm
    list_before_template = "admin/payments/transfers.html"
    list_display = ("reference", "on", "amount", "meaning", "recorded_by", "recorded_at")
    list_select_related = (
        "payment__order", "refund__payment__order", "recorded_by",
    )  # fmt: skip
    search_fields = ("reference__startswith", "payment__order__number__startswith")
    search_help_text = _("The first characters of a bank reference or an order number")
    amount = yuan_column("amount_fen", _("Amount (yuan)"))

    @admin.display(description=_("What it is"))
    def meaning(self, line: BankTransfer) -> Any:
        """The order it pays, or the refund that it is."""
        payment: Payment | None = getattr(line, "payment", None)
        if payment is None:
            page = reverse("admin:payments_refund_change", args=[line.refund.pk])
            return format_html(LINK, page, _("Refund of %s") % line.refund.payment.order)
        said = _("Pays %s") if payment.applied else _("For %s, goes back")
        page = reverse("admin:payments_payment_change", args=[payment.pk])
        return format_html(LINK, page, said % payment.order)

    def get_fields(self, request: HttpRequest, obj: BankTransfer | None = None) -> Any:
        if obj is None:
            return ["number", "amount", "reference", "on", "give_back"]
        return list(self.list_display)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.get_fields(request, obj) if obj else []

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_record(request)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Recording writes the line with its payment; the form's own row is not saved."""
        typed = form.cleaned_data
        payment = record_transfer(
            number=typed["number"].strip(),
            amount_fen=typed["amount"],
            reference=typed["reference"],
            on=typed["on"],
            give_back=typed["give_back"],
            by=user_of(request),
            now=timezone.now(),
        )
        obj.pk, obj._state.adding = payment.bank_transfer_id, False
        if payment.applied:
            messages.success(request, _("Order %s is paid.") % payment.order)
        else:
            messages.warning(request, _("It pays no order and waits among the refunds."))

    def response_add(
        self, request: HttpRequest, obj: BankTransfer, post_url_continue: str | None = None
    ) -> HttpResponse:
        if "_addanother" in request.POST:
            return HttpResponseRedirect(request.path)
        return HttpResponseRedirect(reverse("admin:payments_banktransfer_changelist"))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            typed = {name: request.POST.get(name, "") for name in _TYPED}
            return HttpResponseRedirect(f"{request.path}?{urlencode(typed)}")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        told = {
            "notices": notices_to_match(timezone.now()).count(),
            "returns": returns_to_send().count(),
        }
        return super().changelist_view(request, {**told, **(extra_context or {})})
