"""The register's form for an aid project: its funds are typed in yuan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminDecimalFieldWidget

from lukou_market.households.models import AidProject
from lukou_market.kernel.yuan_field import YuanField


class AidProjectForm(forms.ModelForm):  # type: ignore[type-arg]
    """An aid project as the register keeps it."""

    funds = YuanField(label=_("Funds (yuan)"), widget=UnfoldAdminDecimalFieldWidget)

    class Meta:
        model = AidProject
        exclude = ("funding_fen", "households", "producers")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "funds" in self.fields:
            self.fields["funds"].initial = self.instance.funding_fen

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError when the project ends before it starts."""
        cleaned = super().clean() or self.cleaned_data
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", _("The end comes after the start."))
        return cleaned

    def save(self, commit: bool = True) -> AidProject:
        self.instance.funding_fen = self.cleaned_data["funds"]
        saved: AidProject = super().save(commit)
        return saved
