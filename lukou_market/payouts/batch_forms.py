"""What is asked before a batch is prepared, sent, or answered."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from lukou_market.payouts.models import PayoutBatch

_MONTHS = 12
_LARGEST_BYTES = 2_000_000


class PrepareForm(forms.ModelForm):  # type: ignore[type-arg]
    """Which region's households are to be paid, and what the batch is called."""

    month = forms.TypedChoiceField(
        label=_("Month"), coerce=date.fromisoformat, widget=UnfoldAdminSelectWidget
    )

    class Meta:
        model = PayoutBatch
        fields = ("region", "month", "label")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "month" in self.fields:
            field = self.fields["month"]
            field.choices = [  # type: ignore[attr-defined]
                (month.isoformat(), date_format(month, "YEAR_MONTH_FORMAT")) for month in _months()
            ]
            field.help_text = _("Names the batch; everything owed until now is paid.")


class BankFileForm(forms.Form):
    """Why account numbers are decrypted."""

    reason = forms.CharField(label=_("Reason"), max_length=120, widget=UnfoldAdminTextInputWidget)


class BounceForm(forms.Form):
    """What the bank said."""

    reason = forms.CharField(
        label=_("The bank's reason"), max_length=120, widget=UnfoldAdminTextInputWidget
    )


class ResultForm(forms.Form):
    """The bank's result file."""

    result = forms.FileField(
        label=_("Result file"),
        validators=[FileExtensionValidator(["csv", "txt"])],
        widget=UnfoldAdminFileFieldWidget,
    )

    def clean_result(self) -> Any:
        """Raises ValidationError when it is far larger than a batch can be."""
        result = self.cleaned_data["result"]
        if result.size > _LARGEST_BYTES:
            raise forms.ValidationError(_("The file is too large."))
        return result


def _months() -> list[date]:
    """This month and those before it."""
    today = timezone.localdate()
    months = [divmod(today.year * 12 + today.month - 1 - back, 12) for back in range(_MONTHS)]
    return [date(year, month + 1, 1) for year, month in months]
