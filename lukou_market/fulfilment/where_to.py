"""Where a parcel goes: to the buyer, or to the member of an organisation whose boxes it has."""

from lukou_market.fulfilment.boxes import Boxes, boxes_of, left_to_pack, lines_of
from lukou_market.fulfilment.models import Shipment
from lukou_market.orders.address import Address
from lukou_market.orders.models import Order
from lukou_market.organisations.queries import member_of_box


def where_to(parcel: Shipment) -> Address:
    """What to write on the parcel."""
    member = member_of_box(parcel.order_id, parcel.first_box)
    if member is not None:
        return Address(member.recipient, member.phone, member.address)
    order = parcel.order
    return Address(order.recipient, order.recipient_phone, order.address)


def next_parcel(order: Order) -> Boxes:
    """The boxes to pack next: all that are left, or those of the next member."""
    left = left_to_pack(order)
    member = member_of_box(order.pk, left.first) if left.count else None
    if member is None:
        return left
    count = min(left.count, member.last_box - left.first + 1)
    return boxes_of(lines_of(order), first=left.first, count=count)
