"""The form for a household's bank account: holder and number go in and are never shown."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from lukou_market.kernel.encryption import digest
from lukou_market.payouts.models import BankAccount

# Letters of any script, digits, the dot in names of minorities, spaces and brackets inside.
_NAME = r"^\w[\w·. ()()]*$"


_OF_A_NEW_ONE: dict[str, tuple[Any, Any]] = {
    "new_holder": (_("Account holder"), ""),
    "new_number": (_("Account number"), _("12 to 19 digits.")),
}


def _write_only() -> UnfoldAdminTextInputWidget:
    return UnfoldAdminTextInputWidget(attrs={"autocomplete": "off"})


class BankAccountForm(forms.ModelForm):  # type: ignore[type-arg]
    """An account; personal data left empty stays as it is."""

    bank = forms.RegexField(
        _NAME, label=_("Bank"), max_length=60, widget=UnfoldAdminTextInputWidget
    )
    new_holder = forms.RegexField(
        _NAME, label=_("New account holder"), max_length=40, required=False, widget=_write_only()
    )
    new_number = forms.CharField(
        label=_("New account number"),
        max_length=40,
        required=False,
        widget=_write_only(),
        help_text=_("12 to 19 digits. Leave empty to keep what is registered."),
    )

    class Meta:
        model = BankAccount
        fields = ("household", "bank")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:  # nothing is kept: what is typed is the register's
            for field, (label, hint) in _OF_A_NEW_ONE.items():
                if field in self.fields:
                    self.fields[field].required = True
                    self.fields[field].label, self.fields[field].help_text = label, hint

    def clean_new_number(self) -> str:
        """Digits only. Raises ValidationError when it is no account or somebody else's."""
        number = re.sub(r"[\s-]", "", self.cleaned_data["new_number"])
        if not number:
            return ""
        if not is_account_number(number):
            raise forms.ValidationError(_("This is no account number: a digit is wrong."))
        others = BankAccount.objects.exclude(pk=self.instance.pk)
        if others.filter(number_digest=digest(number)).exists():
            raise forms.ValidationError(_("This account is registered for another household."))
        return number

    def save(self, commit: bool = True) -> BankAccount:
        """The account, its digest in step with its number."""
        if holder := self.cleaned_data.get("new_holder"):
            self.instance.holder = holder
        if number := self.cleaned_data.get("new_number"):
            self.instance.number, self.instance.number_digest = number, digest(number)
        saved: BankAccount = super().save(commit)
        return saved


def is_account_number(number: str) -> bool:
    """12 to 19 ASCII digits; a UnionPay card (62…, 16 or more) also has to fit its check digit."""
    if not re.fullmatch(r"[0-9]{12,19}", number):
        return False
    is_card = number.startswith("62") and len(number) >= 16
    return not is_card or _luhn(number)


def _luhn(number: str) -> bool:
    doubled = [sum(divmod(2 * int(digit), 10)) for digit in number[-2::-2]]
    return (sum(doubled) + sum(int(digit) for digit in number[-1::-2])) % 10 == 0
