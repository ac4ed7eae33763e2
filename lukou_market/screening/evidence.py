"""Sales side by side: what a flagged one has in common with others, personal data masked."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from lukou_market.kernel.masking import mask_shown_name
from lukou_market.orders.models import Order
from lukou_market.screening.models import SaleFlag, SaleTrait

ORDERS_SHOWN = 20
_PLACE = 9
_TAG = 6
_OF_A_RING = (SaleTrait.Kind.PAYER, SaleTrait.Kind.DEVICE, SaleTrait.Kind.ADDRESS)


@dataclass(frozen=True, slots=True)
class Seen:
    """One order: equal tags are one payer, one device, one address."""

    number: str
    paid_at: datetime | None
    buyer: str
    place: str
    total_fen: int
    status: str
    scans: int
    flags: int
    tags: dict[str, str] = field(default_factory=dict)
    is_flagged: bool = False


def evidence_of(flag: SaleFlag) -> list[Seen]:
    """The flagged order first, then those it shares a payer, device or address with."""
    own = SaleTrait.objects.filter(order=flag.order_id, kind__in=_OF_A_RING)
    ids = {flag.order_id}
    for trait in own:
        same = SaleTrait.objects.filter(kind=trait.kind, digest=trait.digest).order_by("-paid_at")
        ids.update(same.values_list("order_id", flat=True)[:ORDERS_SHOWN])
    shown = [flag.order_id, *sorted(ids - {flag.order_id}, reverse=True)][:ORDERS_SHOWN]
    return _seen(flag, shown)


def _seen(flag: SaleFlag, ids: list[int]) -> list[Seen]:
    orders = Order.objects.select_related("buyer").prefetch_related("sale_flags")
    orders = orders.prefetch_related("shipments__scans")
    found, tags = orders.in_bulk(ids), _tags(ids)
    return [
        Seen(
            number=order.number,
            paid_at=order.paid_at,
            buyer=mask_shown_name(order.buyer.display_name),
            place=f"{order.address[:_PLACE]}***" if order.address else "",
            total_fen=order.total_fen,
            status=order.get_status_display(),
            scans=sum(len(parcel.scans.all()) for parcel in order.shipments.all()),
            flags=len(order.sale_flags.all()),
            tags=tags.get(order.pk, {}),
            is_flagged=order.pk == flag.order_id,
        )
        for order in map(found.__getitem__, ids)
    ]


def _tags(ids: Iterable[int]) -> dict[int, dict[str, str]]:
    tags: dict[int, dict[str, str]] = {}
    for trait in SaleTrait.objects.filter(order__in=list(ids), kind__in=_OF_A_RING):
        tags.setdefault(trait.order_id, {})[trait.kind] = trait.digest[:_TAG]
    return tags
