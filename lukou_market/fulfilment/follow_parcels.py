"""Ask carriers where parcels are."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, Q

from lukou_market.fulfilment import carrier_gateway
from lukou_market.fulfilment.carrier_gateway import Scan
from lukou_market.fulfilment.errors import CarrierNotAnswering
from lukou_market.fulfilment.models import Carrier, Shipment, TrackingEvent

logger = logging.getLogger(__name__)

_GIVE_UP_AFTER = timedelta(days=30)


def follow_due_parcels(*, now: datetime, limit: int = 50) -> int:
    """Ask about up to `limit` parcels that are due; return how many.

    Stops at the first sign that the carrier is away; each is due again after
    `settings.CARRIER_ASK_EVERY`.
    """
    asked = 0
    while settings.CARRIER_API_BASE and asked < limit and (parcel := _claim(now)) is not None:
        asked += 1
        try:
            scans = carrier_gateway.scans_of(parcel.carrier, parcel.tracking_number)
        except CarrierNotAnswering as error:
            logger.warning("parcel %s waits for its carrier: %s", parcel.pk, error.__cause__)
            break
        record_scans(parcel=parcel, scans=scans)
    return asked


@transaction.atomic
def _claim(now: datetime) -> Shipment | None:
    """A parcel on its way, not due again for a while."""
    on_its_way = Shipment.objects.filter(
        Q(asked_at=None) | Q(asked_at__lte=now - settings.CARRIER_ASK_EVERY),
        shipped_at__gt=now - _GIVE_UP_AFTER,
        delivered_at=None,
    ).exclude(carrier=Carrier.SELF)
    rows = on_its_way.select_for_update(skip_locked=True).order_by(
        F("asked_at").asc(nulls_first=True), "id"
    )
    parcel = rows.first()
    if parcel is not None:
        parcel.asked_at = now
        parcel.save(update_fields=["asked_at"])
    return parcel


@transaction.atomic
def record_scans(*, parcel: Shipment, scans: list[Scan]) -> None:
    """Keep what is new; the parcel is delivered unless it came back afterwards."""
    TrackingEvent.objects.bulk_create(
        [
            TrackingEvent(
                shipment=parcel,
                code=scan.code,
                occurred_at=scan.at,
                place=scan.place,
                text=scan.text,
            )
            for scan in scans
        ],
        ignore_conflicts=True,
    )
    delivered_at = _last(parcel, TrackingEvent.DELIVERED)
    returned_at = _last(parcel, TrackingEvent.RETURNED)
    if delivered_at and not (returned_at and returned_at > delivered_at):
        Shipment.objects.filter(pk=parcel.pk).update(delivered_at=delivered_at)


def _last(parcel: Shipment, code: str) -> datetime | None:
    last: datetime | None = parcel.scans.filter(code=code).aggregate(at=Max("occurred_at"))["at"]
    return last
