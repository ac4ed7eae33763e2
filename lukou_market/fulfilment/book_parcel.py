"""The village asks a carrier for a parcel's waybill number."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from lukou_market.fulfilment import carrier_gateway
from lukou_market.fulfilment.boxes import lines_of
from lukou_market.fulfilment.carrier_gateway import Booking
from lukou_market.fulfilment.errors import (
    GoingBack,
    NotBookable,
    NotToShip,
    TrackingNumberUsed,
)
from lukou_market.fulfilment.models import Carrier, Shipment
from lukou_market.fulfilment.where_to import where_to
from lukou_market.kernel.errors import constraint_errors
from lukou_market.orders.locks import lock_order
from lukou_market.orders.models import Status
from lukou_market.payments.queries import is_going_back_whole


def can_book() -> bool:
    """Whether there is anybody to book parcels with."""
    return bool(settings.CARRIER_API_BASE)


def book_parcel(*, order_id: int, carrier: str, now: datetime, first_box: int = 1) -> Shipment:
    """Get a number from the `Carrier` for the order's parcel that begins with `first_box`.

    Not to be called inside a transaction. The carrier knows the parcel by our reference: after a
    lost answer, asking again gives the same number. A parcel that has a number keeps it. Raises
    OrderNotFound, NotToShip, GoingBack, NotBookable, BookingRefused, CarrierNotAnswering,
    TrackingNumberUsed.
    """
    parcel, booking = _booking(order_id, carrier, first_box)
    if parcel.tracking_number:
        return parcel
    number = carrier_gateway.book(booking)
    return _keep(parcel, carrier, number, now)


@transaction.atomic
def _booking(order_id: int, carrier: str, first_box: int) -> tuple[Shipment, Booking]:
    order = lock_order(order_id=order_id)
    parcel = order.shipments.filter(first_box=first_box).first()
    if parcel is None or parcel.shipped_at or order.status != Status.PACKED:
        raise NotToShip(order_status=order.status)
    if is_going_back_whole(order_id=order.pk):
        raise GoingBack
    if not can_book() or carrier not in Carrier.values or carrier == Carrier.SELF:
        raise NotBookable
    village = lines_of(order)[0].producer.village
    return parcel, Booking(
        carrier=carrier,
        reference=parcel.reference,
        to=where_to(parcel),
        village_code=village.code,
        village=village.name,
        weight_g=parcel.packed_g,
        boxes=parcel.boxes,
    )


@transaction.atomic
def _keep(parcel: Shipment, carrier: str, number: str, now: datetime) -> Shipment:
    """Unless somebody has typed or booked one meanwhile."""
    lock_order(order_id=parcel.order_id)
    parcel.refresh_from_db(fields=["carrier", "tracking_number", "booked_at", "shipped_at"])
    if not parcel.tracking_number:
        parcel.carrier, parcel.tracking_number, parcel.booked_at = carrier, number, now
        with constraint_errors({"shipment_tracking_once": TrackingNumberUsed}):
            parcel.save(update_fields=["carrier", "tracking_number", "booked_at"])
    return parcel
