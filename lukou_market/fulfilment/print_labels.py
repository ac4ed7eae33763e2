"""Labels leave the shop with names and addresses on them: it is kept who took them."""

from collections.abc import Sequence
from datetime import datetime

from lukou_market.access_log.models import Action
from lukou_market.access_log.record_access import record_access
from lukou_market.accounts.models import User
from lukou_market.accounts.record_sign_ins import region_of
from lukou_market.fulfilment.draw_labels import draw_labels
from lukou_market.fulfilment.models import LabelPrint, Shipment


def print_labels(*, parcels: Sequence[Shipment], by: User, now: datetime) -> bytes:
    """The labels as PDF, once it is noted who takes them."""
    pdf = draw_labels(parcels)
    LabelPrint.objects.bulk_create(
        [LabelPrint(shipment=parcel, printed_by=by, printed_at=now) for parcel in parcels]
    )
    subject = f"{len(parcels)} labels of parcels"
    record_access(actor=by, action=Action.PRINTED, subject=subject, region_code=region_of(by))
    return pdf
