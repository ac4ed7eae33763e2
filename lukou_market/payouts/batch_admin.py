"""Admin of pay-out batches: prepared here, sent to the bank, settled with its answer."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet, Sum
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import action

from lukou_market.accounts.ask_page import ask, user_of
from lukou_market.accounts.fresh_second_factor import asked_again
from lukou_market.kernel.errors import DomainError
from lukou_market.kernel.masking import mask_account, mask_name
from lukou_market.payouts.apply_bank_result import apply_bank_result
from lukou_market.payouts.batch_forms import BankFileForm, PrepareForm, ResultForm
from lukou_market.payouts.create_bank_file import create_bank_file
from lukou_market.payouts.models import PayoutBatch, PayoutFile, PayoutLine
from lukou_market.payouts.prepare_payout import prepare_payout
from lukou_market.regions.columns import masked_column, month_column, yuan_column
from lukou_market.regions.desk import desk_of
from lukou_market.regions.scoped_admin import RecordAdmin, RecordInline
from lukou_market.regions.scoped_filters import RegionFilter


class LineInline(RecordInline):
    """The lines of a batch."""

    model = PayoutLine
    per_page = 50
    region_path = "household__village_id"
    fields = ("household", "shown_holder", "bank", "shown_number", "amount", "status", "reason")
    readonly_fields = ("shown_holder", "shown_number", "amount")
    ordering = ("id",)
    shown_holder = masked_column("holder", _("Account holder"), mask_name)
    shown_number = masked_column("number", _("Account number"), mask_account)
    amount = yuan_column("amount_fen", _("Amount (yuan)"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[PayoutLine]:
        lines: QuerySet[PayoutLine] = super().get_queryset(request)
        return lines.select_related("household")


class FileInline(RecordInline):
    """Every bank file that was made of a batch."""

    model = PayoutFile
    fields = ("created_at", "created_by", "reason", "lines", "total", "sha256")
    readonly_fields = ("total",)
    total = yuan_column("total_fen", _("Total (yuan)"))


@admin.register(PayoutBatch)
class PayoutBatchAdmin(RecordAdmin):
    """Batches: prepared here, sent to the bank, and settled with its answer."""

    region_path = "region_id"
    form = PrepareForm
    list_before_template = "payouts/how_it_goes.html"
    list_display = (
        "batch", "label", "lines", "total", "confirmed", "bounced", "open_lines", "created_by",
    )  # fmt: skip
    list_filter = (RegionFilter, "month")
    list_select_related = ("region", "created_by")
    inlines = (LineInline, FileInline)
    actions_detail = ("bank_file", "bank_result")
    of_month = month_column("month", _("Month"))
    total = yuan_column("total_fen", _("Total (yuan)"))
    confirmed = yuan_column("confirmed_fen", _("Confirmed (yuan)"))
    bounced = yuan_column("bounced_fen", _("Bounced (yuan)"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[PayoutBatch]:
        batches: QuerySet[PayoutBatch] = super().get_queryset(request)
        return batches.annotate(
            line_count=Count("lines"),
            open_count=Count("lines", filter=Q(lines__status="prepared")),
            total_fen=Sum("lines__amount_fen", default=0),
            confirmed_fen=_sum_of("confirmed"),
            bounced_fen=_sum_of("bounced"),
        )

    @admin.display(description=_("Pay-out batch"), ordering="id")
    def batch(self, batch: PayoutBatch) -> str:
        """Region, month and number."""
        return str(batch)

    @admin.display(description=_("Lines"))
    def lines(self, batch: Any) -> int:
        """How many households."""
        return int(batch.line_count)

    @admin.display(description=_("Open lines"))
    def open_lines(self, batch: Any) -> str:
        """How many wait for the bank."""
        return str(batch.open_count) if batch.open_count else str(_("Settled"))

    def get_fields(self, request: HttpRequest, obj: PayoutBatch | None = None) -> Any:
        if obj is None:
            return ["region", "month", "label"]
        return [
            "region", "of_month", "label", "created_by", "created_at", "lines", "total",
            "confirmed", "bounced", "open_lines",
        ]  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.get_fields(request, obj) if obj else []

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return self.inlines if obj else ()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        prefixes = desk_of(request).jurisdiction.prefixes
        return {"region": prefixes[0].ljust(12, "0")} if prefixes and prefixes[0] else {}

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return desk_of(request).keeps_registers

    def has_decide_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Cadres and superusers; auditors look."""
        return desk_of(request).keeps_registers

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Preparing writes the batch and its lines; the form's own row is not saved."""
        asked = form.cleaned_data
        prepared = prepare_payout(
            region=asked["region"],
            month=asked["month"],
            label=asked["label"],
            by=user_of(request),
            now=timezone.now(),
        )
        obj.pk, obj._state.adding = prepared.batch.pk, False
        if prepared.without_account:
            said = ngettext(
                "%d household is owed money but has no bank account registered: left out.",
                "%d households are owed money but have no bank account registered: left out.",
                prepared.without_account,
            )
            messages.warning(request, said % prepared.without_account)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The lines are there already."""

    def response_add(
        self, request: HttpRequest, obj: PayoutBatch, post_url_continue: str | None = None
    ) -> HttpResponse:
        super().response_add(request, obj, post_url_continue)
        return HttpResponseRedirect(_page_of(obj.pk))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if object_id is None and (first := asked_again(request)):
            return first
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(request.get_full_path())

    @action(description=_("Create the bank file"), permissions=["decide"], url_path="bank-file")  # type: ignore[untyped-decorator]
    def bank_file(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Asks why, then hands out the file."""
        if first := asked_again(request):
            return first
        batch = self._batch(request, object_id)
        form = BankFileForm(request.POST or None)
        if form.is_valid():
            try:
                content = create_bank_file(
                    batch_id=batch.pk,
                    by=user_of(request),
                    reason=form.cleaned_data["reason"],
                    now=timezone.now(),
                )
            except DomainError as refusal:
                return _refused(request, refusal, batch.pk)
            name = f"payout-{batch.month:%Y%m}-{batch.pk}.csv"
            return HttpResponse(
                content,
                content_type="text/csv; charset=gb18030",
                headers={"Content-Disposition": f'attachment; filename="{name}"'},
            )
        said = _(
            "The file holds full account numbers. Its creation is recorded for good: who, when, "
            "why, and the file's SHA-256. Hand it to the bank's tool as it is: a spreadsheet "
            "that saves it again spoils the account numbers."
        )
        return self._ask(request, batch, form, _("Create the bank file"), said)

    @action(
        description=_("Upload the bank's result"), permissions=["decide"], url_path="bank-result"
    )  # type: ignore[untyped-decorator]
    def bank_result(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Confirms and bounces what the bank's file says."""
        batch = self._batch(request, object_id)
        form = ResultForm(request.POST or None, request.FILES or None)
        if form.is_valid():
            try:
                applied = apply_bank_result(
                    batch_id=batch.pk,
                    content=form.cleaned_data["result"].read(),
                    by=user_of(request),
                    now=timezone.now(),
                )
            except DomainError as refusal:
                return _refused(request, refusal, batch.pk)
            said = _("%(confirmed)s lines were confirmed, %(bounced)s bounced.")
            counts = {"confirmed": applied.confirmed, "bounced": applied.bounced}
            messages.success(request, said % counts)
            return HttpResponseRedirect(_page_of(batch.pk))
        said = _(
            "CSV in GB18030 or UTF-8 with the columns 业务参考号, 金额(元), 处理结果 (成功 or "
            "失败) and 失败原因. It is applied whole, or refused with the row that doesn't fit."
        )
        return self._ask(request, batch, form, _("Upload the bank's result"), said)

    def _batch(self, request: HttpRequest, object_id: int) -> PayoutBatch:
        batch: PayoutBatch | None = self.get_object(request, str(object_id))
        if batch is None:
            raise Http404
        return batch

    def _ask(
        self, request: HttpRequest, batch: PayoutBatch, form: Form, title: Any, said: Any
    ) -> HttpResponse:
        return ask(request, form=form, title=title, said=said, back=_page_of(batch.pk), on=batch)


def _sum_of(status: str) -> Sum:
    return Sum("lines__amount_fen", filter=Q(lines__status=status), default=0)


def _page_of(batch_id: int) -> str:
    return reverse("admin:payouts_payoutbatch_change", args=[batch_id])


def _refused(request: HttpRequest, refusal: DomainError, batch_id: int) -> HttpResponse:
    messages.error(request, str(refusal))
    return HttpResponseRedirect(_page_of(batch_id))
