"""Where an order goes. Encrypted at rest."""

from dataclasses import dataclass

from lukou_market.orders.models import Order


@dataclass(frozen=True, slots=True)
class Address:
    """A recipient, their phone, and the address as one line of text."""

    recipient: str
    phone: str
    text: str


def set_address(*, order: Order, address: Address) -> None:
    """Write the address into the locked order."""
    order.recipient, order.recipient_phone = address.recipient, address.phone
    order.address = address.text
    order.save(update_fields=["recipient", "recipient_phone", "address"])
