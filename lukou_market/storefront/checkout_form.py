"""Where the parcel goes and who pays what of it. Province, city and county are chosen from lists,
or read from the address; an address copied from a chat is taken apart."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lukou_market.addresses.divisions import (
    Division,
    divisions_in,
    full_name,
    locate,
    parts_of,
)
from lukou_market.addresses.errors import PlaceUnclear
from lukou_market.addresses.models import SavedAddress
from lukou_market.addresses.parse_line import parse_line
from lukou_market.orders.address import Address, InvoiceTitle
from lukou_market.storefront.forms import PhoneField

_LEVELS = ("province", "city", "county")
_CHOOSE = ("", _("Please choose"))
_LARGEST_FEN = 10**12


class AddressForm(forms.Form):
    """An address, typed, chosen or pasted."""

    line = forms.CharField(
        label=_("Paste an address"),
        help_text=_("Name, phone and address in one line, as it was sent to you."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    recipient = forms.CharField(
        label=_("Recipient"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(label=_("Recipient's phone"))
    province = forms.CharField(label=_("Province"), required=False, widget=forms.Select)
    city = forms.CharField(label=_("City"), required=False, widget=forms.Select)
    county = forms.CharField(label=_("County"), required=False, widget=forms.Select)
    text = forms.CharField(
        label=_("Address"),
        help_text=_("Street, house number; province, city and county if not chosen above"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "street-address"}),
    )

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(_understood(data) if data else None, **kwargs)
        chosen = {level: self[level].value() or "" for level in _LEVELS}
        self._offer("province", divisions_in())
        self._offer("city", divisions_in(chosen["province"]) if chosen["province"] else [])
        self._offer("county", divisions_in(chosen["city"]) if chosen["city"] else [])

    def clean(self) -> dict[str, Any]:
        """Adds `division`, and leaves the street alone in `text`."""
        given = super().clean() or self.cleaned_data
        text = " ".join(given.get("text", "").split())
        chosen = self._chosen()
        located = locate(text)
        if chosen:
            given["division"], given["text"] = chosen, text
            if divisions_in(chosen) and len(parts_of(chosen)) < len(_LEVELS):
                self.add_error("county", _("Please choose down to the county."))
        elif located and located.start == 0:
            given["division"], given["text"] = located.code, located.rest
        elif text:
            self.add_error("text", str(PlaceUnclear.sentence))
        return given

    def address(self) -> Address:
        """The validated address, in one line."""
        given = self.cleaned_data
        text = f"{full_name(given['division'])} {given['text']}".strip()
        return Address(given["recipient"], given["phone"], text)

    def _offer(self, level: str, divisions: Iterable[Division]) -> None:
        options = [_CHOOSE, *((one.code, one.name) for one in divisions)]
        self.fields[level].widget = forms.Select(choices=options, attrs={"data-level": level})

    def _chosen(self) -> str:
        """The smallest division chosen; one that lies elsewhere than the larger one is not."""
        code, inside = "", ""
        for level in _LEVELS:
            one = self.cleaned_data.get(level, "")
            if not parts_of(one) or not one.startswith(inside):
                break
            code, inside = one, one[: 2 * (_LEVELS.index(level) + 1)]
        return code


def _understood(data: QueryDict) -> QueryDict:
    """What was pasted, spread over the fields; what was typed elsewhere gives way to it."""
    understood = data.copy()
    line = data.get("line", "").strip()
    if not line:
        return understood
    written = parse_line(line)
    found = {"recipient": written.recipient, "phone": written.phone, "text": written.street}
    places = dict(zip(_LEVELS, (one.code for one in parts_of(written.division)), strict=False))
    for name, value in {**found, **places}.items():
        if value:
            understood[name] = value
    understood["line"] = ""
    return understood


class ChargesForm(forms.Form):
    """A voucher, an organisation's invoice, and the total that was shown (fen)."""

    voucher_code = forms.CharField(label=_("Voucher code"), max_length=20, required=False)
    invoice_title = forms.CharField(
        label=_("Name of the organisation"), max_length=100, required=False
    )
    tax_number = forms.RegexField(
        r"^[0-9A-Za-z]{15,20}$",
        label=_("Tax number"),
        required=False,
        error_messages={"invalid": _("A tax number has 15 to 20 digits and letters.")},
    )
    shown_due_fen = forms.IntegerField(min_value=1, max_value=_LARGEST_FEN, required=False)

    def clean(self) -> dict[str, Any]:
        """A title needs its number, and the other way round."""
        given = super().clean() or self.cleaned_data
        if given.get("invoice_title") and not given.get("tax_number") and not self.errors:
            self.add_error("tax_number", _("An organisation's invoice needs its tax number."))
        if given.get("tax_number") and not given.get("invoice_title"):
            self.add_error("invoice_title", _("Whom is the invoice made out to?"))
        return given

    def invoice(self) -> InvoiceTitle | None:
        """Whom the invoice is made out to, if an organisation buys."""
        given = self.cleaned_data
        if not given["invoice_title"]:
            return None
        return InvoiceTitle(given["invoice_title"], given["tax_number"].upper())


def address_of(saved: SavedAddress) -> Address:
    """A saved address, as an order takes it."""
    return Address(saved.recipient, saved.phone, saved.text)
