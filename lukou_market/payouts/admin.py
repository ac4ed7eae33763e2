"""Admin of bank accounts and of the record of bank files; batches and lines stand beside."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.show_in_full import ShownInFull
from lukou_market.kernel.masking import mask_account, mask_name
from lukou_market.payouts.account_form import BankAccountForm
from lukou_market.payouts.batch_admin import PayoutBatchAdmin
from lukou_market.payouts.line_admin import PayoutLineAdmin
from lukou_market.payouts.models import BankAccount, PayoutFile
from lukou_market.regions.columns import masked_column, yuan_column
from lukou_market.regions.scoped_admin import RecordAdmin, ScopedModelAdmin
from lukou_market.regions.scoped_filters import RegionFilter

__all__ = ["BankAccountAdmin", "PayoutBatchAdmin", "PayoutFileAdmin", "PayoutLineAdmin"]


@admin.register(BankAccount)
class BankAccountAdmin(ShownInFull, ScopedModelAdmin):
    """Bank accounts; holder and number are masked, and replaced without being shown."""

    form = BankAccountForm
    region_path = "household__village_id"
    kept_by_cadres = True
    list_display = ("household", "bank", "shown_holder", "shown_number")
    list_filter = (RegionFilter,)
    list_select_related = ("household",)
    search_fields = ("household__number",)
    ordering = ("household__number",)
    autocomplete_fields = ("household",)
    readonly_fields = ("shown_holder", "shown_number")
    actions_detail = ("show_in_full",)
    in_full = {"holder": _("Account holder"), "bank": _("Bank"), "number": _("Account number")}
    shown_holder = masked_column("holder", _("Account holder"), mask_name)
    shown_number = masked_column("number", _("Account number"), mask_account)

    def subject_of(self, row: BankAccount) -> str:
        return f"bank account of household {row.household.number}"

    def region_of_row(self, row: BankAccount) -> str:
        return row.household.village_id

    def get_fields(self, request: HttpRequest, obj: BankAccount | None = None) -> Any:
        if not self.has_change_permission(request):
            return ["household", "bank", "shown_holder", "shown_number"]
        shown = ["shown_holder", "new_holder", "shown_number", "new_number"]
        return ["household", "bank", *(shown if obj else shown[1::2])]


@admin.register(PayoutFile)
class PayoutFileAdmin(RecordAdmin):
    """The record of bank files."""

    region_path = "batch__region_id"
    list_display = ("created_at", "batch", "created_by", "reason", "lines", "total")
    list_filter = (RegionFilter,)
    list_select_related = ("batch__region", "created_by")
    fields = (*list_display, "sha256")
    readonly_fields = ("total",)
    total = yuan_column("total_fen", _("Total (yuan)"))
