"""All the shop knows of a disputed order, in one ZIP for the bank."""

from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import orjson
from django.db.models import QuerySet

from lukou_market.access_log.models import Action
from lukou_market.access_log.record_access import record_access
from lukou_market.accounts.models import User
from lukou_market.fulfilment.claim_models import ClaimPhoto
from lukou_market.fulfilment.errors import ReasonMissing
from lukou_market.fulfilment.keep_photo import photo_path
from lukou_market.fulfilment.models import EvidencePack, Shipment
from lukou_market.kernel.errors import constraint_errors
from lukou_market.orders.models import Order, OrderEvent
from lukou_market.payments.models import Dispute, Refund


def take_evidence(*, dispute: Dispute, by: User, reason: str, now: datetime) -> bytes:
    """The pack, once it is noted who takes it and why. Raises ReasonMissing.

    `evidence.json` has the order with its address, its history, parcels, what carriers said,
    refunds and claims; amounts are in fen, weights in grams. Photos of claims lie beside it.
    """
    order, file = dispute.payment.order, BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as pack:
        facts = orjson.dumps(_facts(dispute, order), option=orjson.OPT_INDENT_2)
        pack.writestr("evidence.json", facts)
        for photo in ClaimPhoto.objects.filter(claim__refund__payment__order=order):
            if photo_path(photo).exists():
                pack.write(photo_path(photo), f"photos/{photo.key.hex}.jpg")
    zipped = file.getvalue()
    with constraint_errors({"evidence_pack_reason": ReasonMissing}):
        EvidencePack.objects.create(
            dispute=dispute,
            taken_by=by,
            taken_at=now,
            reason=reason,
            sha256=sha256(zipped).hexdigest(),
        )
    villages = order.lines.order_by("pk").values_list("producer__village_id", flat=True)
    record_access(
        actor=by,
        action=Action.EXPORTED,
        subject=f"evidence on order {order.number}",
        region_code=villages.first() or "",
        reason=reason,
    )
    return zipped


def _told(order: Order) -> QuerySet[OrderEvent]:
    """What of its history is the buyer's: a suspicion is ours."""
    return order.events.exclude(kind__in=[OrderEvent.HELD, OrderEvent.RELEASED])


def _facts(dispute: Dispute, order: Order) -> dict[str, Any]:
    return {
        "dispute": {
            "stripe_id": dispute.stripe_id,
            "reason": dispute.reason,
            "amount_fen": dispute.amount_fen,
            "opened_at": dispute.opened_at,
        },
        "order": {
            "number": order.number,
            "placed_at": order.placed_at,
            "paid_at": order.paid_at,
            "goods_fen": order.total_fen,
            "shipping_fen": order.shipping_fen,
            "discount_fen": order.discount_fen,
            "recipient": order.recipient,
            "phone": order.recipient_phone,
            "address": order.address,
            "lines": list(order.lines.values("quantity", "price_fen", "weight_g")),
        },
        "history": list(_told(order).values("kind", "amount_fen", "occurred_at")),
        "parcels": [_parcel(parcel) for parcel in order.shipments.all()],
        "refunds": list(
            Refund.objects.filter(payment__order=order).values(
                "status", "reason", "note", "amount_fen", "requested_at", "settled_at"
            )
        ),
        "claims": list(
            ClaimPhoto.objects.filter(claim__refund__payment__order=order).values(
                "claim__spoiled_g", "claim__of_g", "claim__decide_by", "sha256"
            )
        ),
    }


def _parcel(parcel: Shipment) -> dict[str, Any]:
    return {
        "boxes": [parcel.first_box, parcel.last_box],
        "ordered_g": parcel.ordered_g,
        "packed_g": parcel.packed_g,
        "packed_at": parcel.packed_at,
        "carrier": parcel.carrier,
        "tracking_number": parcel.tracking_number,
        "booked_at": parcel.booked_at,
        "shipped_at": parcel.shipped_at,
        "delivered_at": parcel.delivered_at,
        "scans": list(parcel.scans.values("code", "occurred_at", "place", "text")),
    }
