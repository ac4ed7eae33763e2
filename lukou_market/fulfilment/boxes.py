"""The boxes of an order, counted from 1 in the order of its lines, and what is left of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from lukou_market.orders.models import Order, OrderLine


@dataclass(frozen=True, slots=True)
class Boxes:
    """Some boxes of an order: what they weigh as ordered (g), what they cost as ordered (fen)."""

    first: int
    count: int
    weight_g: int
    price_fen: int

    @property
    def last(self) -> int:
        """The number of the last one."""
        return self.first + self.count - 1


def boxes_of(lines: Sequence[OrderLine], *, first: int, count: int) -> Boxes:
    """`count` boxes from box `first` on. The lines are in the order of their ids."""
    weight_g = price_fen = 0
    before = 0
    for line in lines:
        taken = min(first + count - 1, before + line.quantity) - max(first - 1, before)
        if taken > 0:
            weight_g += line.weight_g * taken // line.quantity
            price_fen += line.price_fen * taken
        before += line.quantity
    return Boxes(first, count, weight_g, price_fen)


def lines_of(order: Order) -> list[OrderLine]:
    """The order's lines as their boxes are counted."""
    return sorted(order.lines.all(), key=lambda line: line.pk)


def left_to_pack(order: Order) -> Boxes:
    """The boxes that no parcel has yet; `count` is 0 once a parcel has closed the order."""
    lines, parcels = lines_of(order), list(order.shipments.all())
    packed = sum(parcel.boxes for parcel in parcels)
    of_boxes = sum(line.quantity for line in lines)
    closed = any(parcel.closes for parcel in parcels)
    return boxes_of(lines, first=packed + 1, count=0 if closed else of_boxes - packed)
