"""Forms of the admin for people: a new one with a password, and changes of an old one."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.forms import UserChangeForm as UnfoldUserChangeForm
from unfold.forms import UserCreationForm as UnfoldUserCreationForm
from unfold.widgets import UnfoldAdminTextInputWidget

from lukou_market.accounts.models import User
from lukou_market.kernel.encryption import digest


class NewStaffForm(UnfoldUserCreationForm):  # type: ignore[misc]
    """Staff sign in with a name and a password; everybody else comes with their phone."""

    class Meta:
        model = User
        fields = ("username", "display_name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].required = True

    def save(self, commit: bool = True) -> User:
        self.instance.is_staff = True
        return cast(User, super().save(commit))


class UserForm(UnfoldUserChangeForm):  # type: ignore[misc]
    """Changes of a user; the phone can be replaced here, not read."""

    new_phone = forms.RegexField(
        r"^1\d{10}$",
        label=_("New phone"),
        required=False,
        strip=True,
        widget=UnfoldAdminTextInputWidget(attrs={"autocomplete": "off"}),
        help_text=_("11 digits. Leave empty to keep the phone."),
    )

    class Meta:
        model = User
        fields = "__all__"

    def clean_new_phone(self) -> str:
        """The new phone. Raises ValidationError when another user has it."""
        phone: str = self.cleaned_data["new_phone"]
        others = User.objects.exclude(pk=self.instance.pk)
        if phone and others.filter(phone_digest=digest(phone)).exists():
            raise forms.ValidationError(_("Another user has this phone."))
        return phone

    def save(self, commit: bool = True) -> User:
        if phone := self.cleaned_data.get("new_phone"):
            self.instance.phone, self.instance.phone_digest = phone, digest(phone)
        return cast(User, super().save(commit))
