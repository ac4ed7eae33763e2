"""The village has packed an order."""

from datetime import datetime

from django.db import transaction

from lukou_market.accounts.models import User
from lukou_market.fulfilment.errors import GoingBack, NotToPack, WrongWeight
from lukou_market.fulfilment.models import Shipment
from lukou_market.kernel.errors import constraint_errors
from lukou_market.orders.advance import mark_packed
from lukou_market.orders.locks import lock_order
from lukou_market.orders.models import Status
from lukou_market.payments.queries import is_going_back_whole


@transaction.atomic
def pack_order(*, order_id: int, packer: User, packed_g: int, now: datetime) -> Shipment:
    """Note what the scales said, in grams, and who packed. Repeating the call changes nothing.

    Raises OrderNotFound, NotToPack, GoingBack, WrongWeight.
    """
    order = lock_order(order_id=order_id)
    packed = Shipment.objects.filter(order=order, packed_by=packer, packed_g=packed_g).first()
    if packed is not None:
        return packed
    if order.status != Status.PAID:
        raise NotToPack(order_status=order.status)
    if is_going_back_whole(order_id=order.pk):
        raise GoingBack
    with constraint_errors({"shipment_weight_positive": WrongWeight}):
        shipment = Shipment.objects.create(
            order=order, packed_g=packed_g, packed_by=packer, packed_at=now
        )
    mark_packed(order=order, now=now)
    return shipment
