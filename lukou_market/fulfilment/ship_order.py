"""A parcel has been handed to its carrier."""

from datetime import datetime

from django.db import transaction

from lukou_market.fulfilment.errors import (
    GoingBack,
    NotToShip,
    TrackingMissing,
    TrackingNumberUsed,
)
from lukou_market.fulfilment.models import Carrier, Shipment
from lukou_market.kernel.errors import constraint_errors
from lukou_market.orders.advance import mark_shipped
from lukou_market.orders.locks import lock_order
from lukou_market.orders.models import Order, Status
from lukou_market.orders.notify_buyers import note_parcel_left
from lukou_market.organisations.queries import member_of_box
from lukou_market.payments.queries import is_going_back_whole


@transaction.atomic
def ship_order(
    *, order_id: int, carrier: str, tracking_number: str, now: datetime, first_box: int = 1
) -> Shipment:
    """Note the `Carrier` and its number for the order's parcel that begins with `first_box`.

    A number typed here takes the place of one that was booked. The order counts as shipped once
    its last parcel has left. Repeating the call changes nothing. Raises OrderNotFound, NotToShip,
    GoingBack, TrackingMissing, TrackingNumberUsed.
    """
    order = lock_order(order_id=order_id)
    shipment = order.shipments.filter(first_box=first_box).first()
    if shipment is not None and _is_shipped_so(shipment, carrier, tracking_number):
        return shipment
    if shipment is None or shipment.shipped_at or order.status != Status.PACKED:
        raise NotToShip(order_status=order.status)
    if is_going_back_whole(order_id=order.pk):
        raise GoingBack
    if carrier not in Carrier.values or not tracking_number:
        raise TrackingMissing
    if (shipment.carrier, shipment.tracking_number) != (carrier, tracking_number):
        shipment.carrier, shipment.tracking_number = carrier, tracking_number
        shipment.booked_at = None
    shipment.shipped_at = now
    with constraint_errors({"shipment_tracking_once": TrackingNumberUsed}):
        shipment.save(update_fields=["carrier", "tracking_number", "booked_at", "shipped_at"])
    if _all_left(order):
        mark_shipped(order=order, now=now)
    else:
        _tell_of_part(order, shipment, now)
    return shipment


def _tell_of_part(order: Order, parcel: Shipment, now: datetime) -> None:
    """But not who ordered for hundreds of others: they hear when the last parcel has left."""
    if member_of_box(order.pk, parcel.first_box) is None:
        note_parcel_left(order=order, first_box=parcel.first_box, last_box=parcel.last_box, now=now)


def _is_shipped_so(shipment: Shipment, carrier: str, tracking_number: str) -> bool:
    known = (shipment.carrier, shipment.tracking_number)
    return shipment.shipped_at is not None and known == (carrier, tracking_number)


def _all_left(order: Order) -> bool:
    """Whether the order's last parcel is packed and none waits for a carrier."""
    parcels = list(order.shipments.all())
    return any(parcel.closes for parcel in parcels) and all(each.shipped_at for each in parcels)
