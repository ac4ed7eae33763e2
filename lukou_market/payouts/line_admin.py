"""Admin of pay-out lines: looked at, and decided by hand where there is no result file."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lukou_market.accounts.ask_page import ask, user_of
from lukou_market.kernel.errors import DomainError
from lukou_market.kernel.masking import mask_account, mask_name
from lukou_market.payouts.batch_forms import BounceForm
from lukou_market.payouts.decide_lines import bounce_lines, confirm_lines
from lukou_market.payouts.models import PayoutLine
from lukou_market.regions.columns import masked_column, yuan_column
from lukou_market.regions.desk import desk_of
from lukou_market.regions.scoped_admin import RecordAdmin
from lukou_market.regions.scoped_filters import RegionFilter


@admin.register(PayoutLine)
class PayoutLineAdmin(RecordAdmin):
    """Lines of all batches; decided by hand where there is no result file."""

    region_path = "household__village_id"
    list_display = (
        "reference", "household", "shown_holder", "shown_number", "amount", "status", "reason",
        "batch",
    )  # fmt: skip
    list_filter = (RegionFilter, "status")
    list_select_related = ("household", "batch__region")
    search_fields = ("household__number__startswith",)
    fields = (
        "reference", "batch", "household", "shown_holder", "bank", "shown_number", "amount",
        "wage", "business", "property_income", "transfer", "status", "reason", "prepared_by",
        "decided_by", "decided_at",
    )  # fmt: skip
    readonly_fields = (
        "reference", "shown_holder", "shown_number", "amount", "wage", "business",
        "property_income", "transfer",
    )  # fmt: skip
    actions = ("confirm", "bounce")
    shown_holder = masked_column("holder", _("Account holder"), mask_name)
    shown_number = masked_column("number", _("Account number"), mask_account)
    amount = yuan_column("amount_fen", _("Amount (yuan)"))
    wage = yuan_column("wage_fen", _("Wage income (yuan)"))
    business = yuan_column("business_fen", _("Business income (yuan)"))
    property_income = yuan_column("property_fen", _("Property income (yuan)"))
    transfer = yuan_column("transfer_fen", _("Transfer income (yuan)"))

    @admin.display(description=_("Reference"), ordering="id")
    def reference(self, line: PayoutLine) -> str:
        """What the bank calls the line."""
        return line.reference

    def has_decide_permission(self, request: HttpRequest) -> bool:
        """Cadres and superusers; auditors look."""
        return desk_of(request).keeps_registers

    @admin.action(description=_("The bank has paid the selected lines"), permissions=["decide"])
    def confirm(self, request: HttpRequest, lines: QuerySet[PayoutLine]) -> None:
        """All of them or none."""
        try:
            count = confirm_lines(line_ids=_ids(lines), by=user_of(request), now=timezone.now())
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            said = ngettext("%d line was confirmed.", "%d lines were confirmed.", count)
            messages.success(request, said % count)

    @admin.action(description=_("The selected lines bounced"), permissions=["decide"])
    def bounce(self, request: HttpRequest, lines: QuerySet[PayoutLine]) -> HttpResponse | None:
        """Asks for the bank's reason, then bounces all of them or none."""
        form = BounceForm(request.POST if "reason" in request.POST else None)
        if not form.is_valid():
            said = _("The amounts are free again and can be part of the next batch.")
            return ask(
                request,
                form=form,
                title=_("The selected lines bounced"),
                said=said,
                back=request.get_full_path(),
                hidden=[("action", "bounce"), *(("_selected_action", pk) for pk in _ids(lines))],
            )
        try:
            count = bounce_lines(
                line_ids=_ids(lines),
                reason=form.cleaned_data["reason"],
                by=user_of(request),
                now=timezone.now(),
            )
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            done = ngettext("%d line bounced.", "%d lines bounced.", count)
            messages.success(request, done % count)
        return None


def _ids(lines: QuerySet[PayoutLine]) -> list[int]:
    return list(lines.values_list("pk", flat=True))
