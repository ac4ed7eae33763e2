"""The part of an order's page where it is paid: addresses, charges, and what is due."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import QueryDict

from lukou_market.addresses.address_book import addresses_of, keep_address
from lukou_market.addresses.divisions import locate
from lukou_market.addresses.models import SavedAddress
from lukou_market.kernel.errors import DomainError
from lukou_market.orders.models import Order
from lukou_market.orders.queries import orders_of
from lukou_market.orders.settle_charges import shipping_fen
from lukou_market.storefront.checkout_form import AddressForm, ChargesForm, address_of


@dataclass(frozen=True, slots=True)
class Quote:
    """What the buyer sees before paying, in fen; `refusal` when it can't be sent there."""

    goods_fen: int
    shipping_fen: int
    discount_fen: int
    due_fen: int
    refusal: str = ""


@dataclass(slots=True)
class Checkout:
    """What a buyer fills in to pay; unbound until they have."""

    order: Order
    data: QueryDict | None = None
    quote: Quote | None = None
    addresses: list[SavedAddress] = field(init=False)
    charges: ChargesForm = field(init=False)
    form: AddressForm = field(init=False)

    def __post_init__(self) -> None:
        self.addresses = list(addresses_of(self.order.buyer_id))
        self.charges = ChargesForm(self.data)
        typed = self.data if self.data and not self.saved else None
        self.form = AddressForm(typed, initial=_address_before(self.order))
        self.quote = self.quote or _quoted(self.order, self._division())

    @property
    def saved(self) -> SavedAddress | None:
        """The address chosen of the book; None when one was typed."""
        chosen = self.data.get("saved", "") if self.data else ""
        return next((one for one in self.addresses if str(one.pk) == chosen), None)

    @property
    def shown(self) -> SavedAddress | None:
        """The address marked in the list: the chosen one, or the one used last."""
        if self.data is not None:
            return self.saved
        return self.addresses[0] if self.addresses else None

    def is_valid(self) -> bool:
        """Whether all that is needed was given."""
        charged = self.charges.is_valid()
        return charged and (self.saved is not None or self.form.is_valid())

    def asked(self) -> dict[str, Any]:
        """What `open_checkout` takes."""
        given = self.charges.cleaned_data
        return {
            "address": address_of(self.saved) if self.saved else self.form.address(),
            "voucher_code": given["voucher_code"],
            "shown_due_fen": given["shown_due_fen"],
            "invoice": self.charges.invoice(),
        }

    def keep_address(self, now: datetime) -> None:
        """Put the address that was used into the buyer's book."""
        if self.saved:
            given = {"division": self.saved.division, "street": self.saved.street}
            given |= {"recipient": self.saved.recipient, "phone": self.saved.phone}
        else:
            cleaned = self.form.cleaned_data
            given = {name: cleaned[name] for name in ("recipient", "phone", "division")}
            given["street"] = cleaned["text"]
        keep_address(owner_id=self.order.buyer_id, now=now, **given)

    def _division(self) -> str:
        if self.shown:
            return self.shown.division
        located = locate(_address_before(self.order).get("text", ""))
        return located.code if located else ""


def _quoted(order: Order, division: str) -> Quote:
    """What is due if the order goes there without a voucher; the goods alone for no place."""
    refusal, shipping = "", 0
    try:
        shipping = shipping_fen(order=order, division=division) if division else 0
    except DomainError as refused:
        refusal = str(refused)
    goods = order.total_fen
    return Quote(goods, shipping, 0, goods + shipping, refusal)


def _address_before(order: Order) -> dict[str, str]:
    """The address of this order, else of the last one the buyer had sent to themselves."""
    own = orders_of(order.buyer_id).exclude(address="").filter(group_order=None)
    before = order if order.address else own.first()
    if before is None:
        return {}
    return {
        "recipient": before.recipient,
        "phone": before.recipient_phone,
        "text": before.address,
    }
