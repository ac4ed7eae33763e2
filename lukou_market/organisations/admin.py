"""Admin of organisations; their orders are with the others."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminDecimalFieldWidget

from lukou_market.kernel.money import percent
from lukou_market.kernel.yuan_field import YuanField
from lukou_market.organisations.models import Organisation
from lukou_market.organisations.quota import quota_from, with_bought
from lukou_market.regions.columns import shown_yuan, yuan_column
from lukou_market.regions.scoped_admin import ScopedModelAdmin
from lukou_market.regions.scoped_filters import RegionFilter


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]
    """An organisation; its yearly purchases are typed in yuan."""

    yearly_budget = YuanField(
        label=_("Yearly purchases (yuan)"), widget=UnfoldAdminDecimalFieldWidget
    )

    class Meta:
        model = Organisation
        exclude = ("yearly_budget_fen",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "yearly_budget" in self.fields:
            self.fields["yearly_budget"].initial = self.instance.yearly_budget_fen

    def save(self, commit: bool = True) -> Organisation:
        self.instance.yearly_budget_fen = self.cleaned_data["yearly_budget"]
        saved: Organisation = super().save(commit)
        return saved


@admin.register(Organisation)
class OrganisationAdmin(ScopedModelAdmin):
    """Organisations, and who orders for them."""

    form = OrganisationForm
    region_path = "region_id"
    list_display = (
        "name", "kind", "region", "manager", "yearly_purchases", "target_bp", "target", "bought",
        "done",
    )  # fmt: skip
    list_filter = (RegionFilter, "kind")
    list_select_related = ("region", "manager")
    search_fields = ("name", "credit_code")
    autocomplete_fields = ("manager",)
    fields = ("name", "kind", "credit_code", "region", "manager", "yearly_budget", "target_bp")
    readonly_fields = ("yearly_purchases", "target", "bought", "done")
    refusals = {
        "organisation_credit_code": _("A unified social credit code has 18 digits and letters.")
    }
    yearly_purchases = yuan_column("yearly_budget_fen", _("Yearly purchases (yuan)"))
    bought = yuan_column("bought_fen", _("Bought this year (yuan)"))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who only looks sees the target sheet's figures; who registers it types the yearly sum."""
        if not self.has_change_permission(request, obj):
            shown = [name for name in self.fields if name != "yearly_budget"]
            return [*shown, *self.readonly_fields]
        return self.fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return with_bought(super().get_queryset(request), now=timezone.now())

    @admin.display(description=_("Target (yuan)"))
    def target(self, organisation: Organisation) -> str:
        """What it undertook to buy this year."""
        return shown_yuan(quota_from(organisation, now=timezone.now()).target_fen)

    @admin.display(description=_("Of the target"))
    def done(self, organisation: Organisation) -> str:
        """How far it is."""
        return f"{percent(quota_from(organisation, now=timezone.now()).done_bp)} %"
