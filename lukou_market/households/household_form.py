"""The register's form for a household: one main cause, up to two others."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from lukou_market.households.models import Cause, Household


class HouseholdForm(forms.ModelForm):  # type: ignore[type-arg]
    """A household as the register keeps it."""

    other_causes = forms.MultipleChoiceField(
        choices=Cause.choices,
        required=False,
        label=_("Other causes"),
        help_text=_("At most two, other than the main cause."),
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )

    class Meta:
        model = Household
        fields = "__all__"

    def clean(self) -> dict[str, Any] | None:
        """Raises ValidationError when the causes contradict the category or each other."""
        cleaned = super().clean() or self.cleaned_data
        others, main = cleaned.get("other_causes", []), cleaned.get("main_cause", "")
        if len(others) > 2 or main in others:
            self.add_error("other_causes", _("At most two, other than the main cause."))
        if cleaned.get("category") != "general" and not main:
            self.add_error("main_cause", _("A household of this category has a main cause."))
        return cleaned
