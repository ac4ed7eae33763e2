"""The register's form for a person: the name and the ID number go in and are never shown."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from lukou_market.households.models import HouseholdMember
from lukou_market.kernel.encryption import digest

_OF_A_NEW_ONE: dict[str, tuple[Any, Any]] = {
    "new_name": (_("Full name"), ""),
    "new_id_number": (_("ID number"), _("18 characters.")),
}


def _write_only() -> UnfoldAdminTextInputWidget:
    return UnfoldAdminTextInputWidget(attrs={"autocomplete": "off"})


class MemberForm(forms.ModelForm):  # type: ignore[type-arg]
    """A member of a household; personal data left empty stays as it is."""

    new_name = forms.CharField(
        label=_("New full name"), max_length=40, required=False, widget=_write_only()
    )
    new_id_number = forms.RegexField(
        r"^(\d{17}[\dX]|\d{15})$",
        label=_("New ID number"),
        required=False,
        widget=_write_only(),
        help_text=_("18 characters. Leave empty to keep what is registered."),
    )

    class Meta:
        model = HouseholdMember
        exclude = ("name", "id_number")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:  # nothing is kept: what is typed is the register's
            for field, (label, hint) in _OF_A_NEW_ONE.items():
                if field in self.fields:
                    self.fields[field].required = True
                    self.fields[field].label, self.fields[field].help_text = label, hint

    def clean_new_id_number(self) -> str:
        """The new ID number. Raises ValidationError when somebody else is registered with it."""
        id_number: str = self.cleaned_data["new_id_number"]
        others = HouseholdMember.objects.exclude(pk=self.instance.pk)
        if id_number and others.filter(id_digest=digest(id_number)).exists():
            raise forms.ValidationError(_("This ID number is registered already."))
        return id_number

    def save(self, commit: bool = True) -> HouseholdMember:
        """The member, its digest in step with its ID number."""
        if name := self.cleaned_data.get("new_name"):
            self.instance.name = name
        if id_number := self.cleaned_data.get("new_id_number"):
            self.instance.id_number, self.instance.id_digest = id_number, digest(id_number)
        saved: HouseholdMember = super().save(commit)
        return saved
