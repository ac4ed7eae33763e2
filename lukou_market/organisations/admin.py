"""Admin of organisations; their orders are with the others."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminDecimalFieldWidget

from lukou_market.kernel.yuan_field import YuanField
from lukou_market.organisations.models import Organisation
from lukou_market.regions.columns import yuan_column
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
    list_display = ("name", "kind", "region", "manager", "yearly_purchases", "target_bp")
    list_filter = (RegionFilter, "kind")
    list_select_related = ("region", "manager")
    search_fields = ("name", "credit_code")
    autocomplete_fields = ("manager",)
    fields = ("name", "kind", "credit_code", "region", "manager", "yearly_budget", "target_bp")
    refusals = {
        "organisation_credit_code": _("A unified social credit code has 18 digits and letters.")
    }
    yearly_purchases = yuan_column("yearly_budget_fen", _("Yearly purchases (yuan)"))
