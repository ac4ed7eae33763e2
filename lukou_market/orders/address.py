"""Where an order goes. Encrypted at rest."""

from dataclasses import dataclass

from lukou_market.addresses.divisions import locate
from lukou_market.addresses.errors import PlaceUnclear
from lukou_market.orders.models import Invoice, Order


@dataclass(frozen=True, slots=True)
class Address:
    """A recipient, their phone, and the address as one line of text."""

    recipient: str
    phone: str
    text: str

    @property
    def division(self) -> str:
        """The code of the smallest place that the text begins with. Raises PlaceUnclear."""
        located = locate(self.text)
        if located is None:
            raise PlaceUnclear
        return located.code


@dataclass(frozen=True, slots=True)
class InvoiceTitle:
    """Whom the invoice is made out to: a name, and a tax number of 15 to 20 characters."""

    title: str
    tax_number: str


def set_invoice(*, order: Order, title: InvoiceTitle) -> None:
    """Write whom the locked order's invoice is made out to."""
    written = {"title": title.title, "tax_number": title.tax_number}
    Invoice.objects.update_or_create(order=order, defaults=written)


def set_address(*, order: Order, address: Address) -> None:
    """Write the address into the locked order."""
    order.recipient, order.recipient_phone = address.recipient, address.phone
    order.address = address.text
    order.save(update_fields=["recipient", "recipient_phone", "address"])
