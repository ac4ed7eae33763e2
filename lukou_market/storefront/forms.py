"""What buyers type. Money comes in yuan and leaves as fen, by way of Decimal, never float."""

from decimal import Decimal
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.errors import PhoneWrong
from lukou_market.accounts.phones import normal_phone
from lukou_market.kernel.money import yuan
from lukou_market.organisations.address_list import MOST_BYTES
from lukou_market.organisations.errors import AddressListTooLong
from lukou_market.streams.models import Offer

_LARGEST_BIGINT = 2**63 - 1


class PhoneField(forms.CharField):
    """A mobile number as people write it; the 11 digits come out."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel-national"})

    def clean(self, value: Any) -> str:
        written = super().clean(value)
        try:
            return normal_phone(written)
        except PhoneWrong as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


class PhoneForm(forms.Form):
    """The first step of signing in."""

    phone = PhoneField(label=_("Mobile number"), help_text=_("11 digits. We send a code to it."))


class CodeForm(forms.Form):
    """The second step: the code from the message."""

    code = forms.RegexField(
        r"^\d{4,8}$",
        label=_("Sign-in code"),
        help_text=_("The digits in the message on your phone."),
        error_messages={"invalid": _("The code has digits only.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class TapForm(forms.Form):
    """The order button: which offer, how many, at what price the buyer saw it (fen)."""

    offer = forms.IntegerField(min_value=1, max_value=_LARGEST_BIGINT)
    quantity = forms.IntegerField(min_value=1, max_value=9999)
    shown_price_fen = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    key = forms.UUIDField()


class OfferChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An offer by its package, its price and where it comes from."""

    def label_from_instance(self, offer: Any) -> str:
        words = {"yuan": yuan(offer.price_fen), "left": offer.left}
        village = offer.sku.product.producer.village.name
        return f"{offer.sku} · {village} · " + _("¥%(yuan)s a box, %(left)s left") % words


class AddressListForm(forms.Form):
    """What an organisation orders for everybody on a list."""

    offer = OfferChoice(
        label=_("Product"), queryset=Offer.objects.none(), empty_label=_("Please choose")
    )
    file = forms.FileField(
        label=_("List of members (.xlsx)"),
        help_text=_("Recipient, phone, address and boxes, a row for each member."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    shown_prices = forms.JSONField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, offers: QuerySet[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(OfferChoice, self.fields["offer"]).queryset = offers
        prices = {str(offer.pk): offer.price_fen for offer in offers}
        self.fields["shown_prices"].initial = prices

    def clean_file(self) -> Any:
        """The file, no longer than can be read at once."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(str(AddressListTooLong()))
        return file

    def clean_shown_prices(self) -> dict[str, Any]:
        """The prices the page showed, by offer, in fen."""
        prices = self.cleaned_data["shown_prices"]
        if not isinstance(prices, dict):
            raise forms.ValidationError(_("Please load the page again."))
        return prices


class ShownDueForm(forms.Form):
    """The total that an organisation saw (fen)."""

    shown_due_fen = forms.IntegerField(min_value=1, max_value=_LARGEST_BIGINT)


class RefundForm(forms.Form):
    """How much the buyer wants back, and why."""

    amount = forms.DecimalField(
        label=_("Amount (yuan)"), min_value=Decimal("0.01"), max_digits=12, decimal_places=2
    )
    note = forms.CharField(
        label=_("What is wrong"),
        help_text=_("For example: two melons arrived broken"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, at_most_fen: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        amount = self.fields["amount"]
        amount.initial = Decimal(at_most_fen) / 100

    def amount_fen(self) -> int:
        """The validated amount, in fen."""
        return int(self.cleaned_data["amount"] * 100)
