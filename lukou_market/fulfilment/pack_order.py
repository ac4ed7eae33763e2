"""The village has packed an order, or some of its boxes."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from lukou_market.accounts.models import User
from lukou_market.fulfilment.boxes import Boxes, boxes_of, left_to_pack, lines_of
from lukou_market.fulfilment.errors import (
    GoingBack,
    NotToPack,
    PackedMeanwhile,
    RestIsPaid,
    TooLight,
    TooManyBoxes,
    TwoMembers,
    WrongWeight,
)
from lukou_market.fulfilment.models import Shipment
from lukou_market.fulfilment.weigh import lighter_fen, lightest_g
from lukou_market.kernel.weight import kilograms
from lukou_market.orders.advance import mark_packed
from lukou_market.orders.locks import lock_order
from lukou_market.orders.models import Order, Status
from lukou_market.organisations.queries import member_of_box
from lukou_market.payments.give_back import give_back, given_back_fen
from lukou_market.payments.models import Refund
from lukou_market.payments.queries import is_going_back_whole


@transaction.atomic
def pack_order(
    *,
    order_id: int,
    packer: User,
    packed_g: int,
    now: datetime,
    first_box: int = 1,
    boxes: int | None = None,
    rest_stays: bool = False,
) -> Shipment:
    """Note what the scales said of a parcel with `boxes` boxes from `first_box` on; None: all left.

    `packed_g` is in grams, without the carton. A parcel lighter than ordered gives the difference
    back at once, a heavier one costs nothing. `rest_stays` says that no parcel comes after this
    one, because the money of the boxes left has gone back. Repeating the call changes nothing.
    Raises OrderNotFound, NotToPack, PackedMeanwhile, TooManyBoxes, GoingBack, WrongWeight,
    TooLight, RestIsPaid, TwoMembers.
    """
    order = lock_order(order_id=order_id)
    packed = order.shipments.filter(first_box=first_box, packed_by=packer, packed_g=packed_g)
    same = packed.first()
    if same is not None and boxes in (None, same.boxes):
        return same
    left = _packable(order, first_box)
    parcel = boxes_of(lines_of(order), first=first_box, count=boxes or left.count)
    if not 0 < parcel.count <= left.count:
        raise TooManyBoxes(boxes_left=left.count)
    _check_one_member(order, parcel)
    _check_weight(parcel, packed_g)
    closes = parcel.count == left.count or _rest_stays(order, left, parcel, rest_stays)
    shipment = Shipment.objects.create(
        order=order,
        first_box=first_box,
        boxes=parcel.count,
        of_boxes=left.last,
        closes=closes,
        ordered_g=parcel.weight_g,
        packed_g=packed_g,
        lighter_fen=_give_difference_back(order, parcel, packed_g, now),
        packed_by=packer,
        packed_at=now,
    )
    if order.status == Status.PAID:
        mark_packed(order=order, now=now)
    return shipment


def _packable(order: Order, first_box: int) -> Boxes:
    """The boxes left of the locked order, of which `first_box` is the first."""
    left = left_to_pack(order)
    if order.status not in (Status.PAID, Status.PACKED) or not left.count:
        raise NotToPack(order_status=order.status)
    if left.first != first_box:
        raise PackedMeanwhile
    if is_going_back_whole(order_id=order.pk):
        raise GoingBack
    return left


def _check_one_member(order: Order, parcel: Boxes) -> None:
    member = member_of_box(order.pk, parcel.first)
    if member is not None and parcel.last > member.last_box:
        raise TwoMembers(last_box=member.last_box)


def _check_weight(parcel: Boxes, packed_g: int) -> None:
    if packed_g <= 0:
        raise WrongWeight
    least_g = lightest_g(parcel.weight_g, settings.PACKING_TOLERANCE_BP)
    if packed_g < least_g:
        raise TooLight(least_kg=kilograms(least_g))


def _rest_stays(order: Order, left: Boxes, parcel: Boxes, rest_stays: bool) -> bool:
    """Whether the boxes after `parcel` are never sent: their money must have gone back."""
    if not rest_stays:
        return False
    given_fen = given_back_fen(order=order, but_for=Refund.Reason.LIGHTER)
    if given_fen < _paid_fen(order, left) - _paid_fen(order, parcel):
        raise RestIsPaid
    return True


def _give_difference_back(order: Order, parcel: Boxes, packed_g: int, now: datetime) -> int:
    fen = lighter_fen(_paid_fen(order, parcel), ordered_g=parcel.weight_g, packed_g=packed_g)
    return give_back(order=order, amount_fen=fen, reason=Refund.Reason.LIGHTER, now=now)


def _paid_fen(order: Order, boxes: Boxes) -> int:
    """What the buyer pays for these boxes: less their part of the voucher, a begun fen counted."""
    return -(-boxes.price_fen * order.goods_due_fen // order.total_fen)
