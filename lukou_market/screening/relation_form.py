"""The register's form for a declared relation: the phone goes in and is never shown."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from lukou_market.accounts.errors import PhoneWrong
from lukou_market.accounts.phones import normal_phone
from lukou_market.kernel.encryption import digest
from lukou_market.screening.models import DeclaredRelation


class RelationForm(forms.ModelForm):  # type: ignore[type-arg]
    """Somebody close to a host, a cadre, a producer or a household: to one of them."""

    new_phone = forms.CharField(
        label=_("Phone"),
        max_length=20,
        widget=UnfoldAdminTextInputWidget(attrs={"autocomplete": "off"}),
        help_text=_("Kept encrypted; orders of this phone's account are held."),
    )

    class Meta:
        model = DeclaredRelation
        fields = ("kind", "user", "producer", "household", "village")

    def clean_new_phone(self) -> str:
        """The 11 digits. Raises ValidationError for anything else."""
        try:
            return normal_phone(self.cleaned_data["new_phone"])
        except PhoneWrong as wrong:
            raise forms.ValidationError(str(wrong)) from wrong

    def clean(self) -> dict[str, Any]:
        """Exactly one of the three is named."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if sum(bool(cleaned.get(name)) for name in ("user", "producer", "household")) != 1:
            raise forms.ValidationError(_("Name one: a host or cadre, a producer, or a household."))
        return cleaned

    def save(self, commit: bool = True) -> DeclaredRelation:
        """The relation, its digest in step with its phone."""
        phone = self.cleaned_data["new_phone"]
        self.instance.phone, self.instance.phone_digest = phone, digest(phone)
        saved: DeclaredRelation = super().save(commit)
        return saved
