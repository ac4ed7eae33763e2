"""Where a list's parcels go: what can't be sent there, and what sending all of them costs."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from lukou_market.orders.shipping_rates import ShippingRates
from lukou_market.organisations.address_list import TITLES, Fault, ListedMember
from lukou_market.streams.models import Offer


def not_delivered(members: Sequence[ListedMember]) -> list[Fault]:
    """The members whose place gets no parcels."""
    rates = ShippingRates()
    sentence = _("We send nothing there. Choose another address, or take this row out.")
    return [
        Fault(member.row, TITLES[2], sentence)
        for member in members
        if not rates.delivers_to(member.division)
    ]


def shipping_fen(members: Sequence[ListedMember], offer: Offer) -> int:
    """What all parcels cost, each as if its member had ordered it alone. Raises NotDelivered."""
    rates = ShippingRates()
    return sum(
        rates.fen_for(
            division=member.division,
            weight_g=offer.sku.weight_g * member.boxes,
            goods_fen=offer.price_fen * member.boxes,
        )
        for member in members
    )
