"""What is typed from our bank's statement."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from lukou_market.kernel.yuan_field import YuanField
from lukou_market.payments.models import BankTransfer
from lukou_market.payments.record_transfer import normal_reference

_LONGEST_REFERENCE = 40


class StatementForm(forms.Form):
    """The bank's own number of a movement, and its date."""

    reference = forms.CharField(
        label=_("Bank reference number"),
        max_length=_LONGEST_REFERENCE,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("The statement's number of this movement: each can be recorded once only."),
    )
    on = forms.DateField(label=_("Date at the bank"), widget=UnfoldAdminSingleDateWidget)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "on" in self.fields:
            self.fields["on"].initial = timezone.localdate

    def clean_reference(self) -> str:
        """As it is kept: without spaces, in capitals."""
        return normal_reference(self.cleaned_data["reference"])


class TransferForm(StatementForm, forms.ModelForm):  # type: ignore[type-arg]
    """A transfer that came: which order its remark names, and how much it was."""

    number = forms.CharField(
        label=_("Order number"), max_length=20, widget=UnfoldAdminTextInputWidget,
        help_text=_("The transfer's remark names it; it stands on the payment notice."),
    )  # fmt: skip
    amount = YuanField(
        label=_("Amount received (yuan)"), widget=UnfoldAdminDecimalFieldWidget,
        help_text=_("As the statement says, to the fen."),
    )  # fmt: skip
    give_back = forms.BooleanField(
        label=_("It goes back"), required=False, widget=UnfoldBooleanWidget,
        help_text=_(
            "Only for money that pays no order: another amount, a second transfer, or one that "
            "came too late. It is recorded as received, and waits among the refunds."
        ),
    )  # fmt: skip

    class Meta:
        model = BankTransfer
        fields = ("reference", "on")
