"""An organisation orders boxes for all members of a list: everything, or nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import ngettext

from lukou_market.orders.address import InvoiceTitle, set_invoice
from lukou_market.orders.errors import PriceChanged, SoldOut
from lukou_market.orders.models import Order, OrderLine, Status
from lukou_market.organisations.address_list import AddressList, ListedMember
from lukou_market.organisations.deliver_to_members import shipping_fen
from lukou_market.organisations.errors import NotForOrganisations
from lukou_market.organisations.models import GroupOrder, MemberParcel, Organisation
from lukou_market.organisations.queries import open_to_organisations
from lukou_market.streams.models import Offer

KEPT_FOR = timedelta(days=3)
"""How long an organisation's boxes are reserved: a cashier signs before it pays."""

_NUMBER = """
    SELECT id, order_number(order_day(%s), id) FROM nextval('orders_order_id_seq') AS id
"""
_OVER = (Status.CANCELLED, Status.EXPIRED)


@dataclass(frozen=True, slots=True)
class GroupPlaced:
    """The order; `replayed` when this list was ordered before."""

    order: Order
    replayed: bool


@transaction.atomic
def order_for_members(
    *, organisation: Organisation, offer_id: int, listed: AddressList, shown_price_fen: int,
    now: datetime,
) -> GroupPlaced:  # fmt: skip
    """Reserve a box for each that the list asks for; unpaid, it ends after `KEPT_FOR`.

    A list without faults only. The same list for the same offer again gives the order that it
    gave before, unless that was cancelled or has expired. Shipping is that of all parcels,
    charged here and once. Raises NotForOrganisations, PriceChanged, SoldOut and NotDelivered.
    """
    # One list at a time: whoever sends it twice at once waits here.
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    before = organisation.group_orders.filter(list_digest=listed.digest)
    of_offer = before.filter(order__lines__offer=offer_id)
    earlier = of_offer.exclude(order__status__in=_OVER).select_related("order").first()
    if earlier:
        return GroupPlaced(earlier.order, replayed=True)
    offer = _offered(offer_id, listed.boxes, shown_price_fen, now)
    order = _place(organisation, offer, listed, f"list {of_offer.count()}", now)
    group = GroupOrder.objects.create(
        order=order, organisation=organisation, list_digest=listed.digest
    )
    MemberParcel.objects.bulk_create(_parcels(group, listed.members))
    return GroupPlaced(order, replayed=False)


def _offered(offer_id: int, boxes: int, shown_price_fen: int, now: datetime) -> Offer:
    """The offer, locked, with its boxes taken."""
    offers = open_to_organisations(now).select_related("sku__product")
    offer = offers.select_for_update(of=("self",)).filter(pk=offer_id).first()
    if offer is None:
        raise NotForOrganisations
    if offer.price_fen != shown_price_fen:
        raise PriceChanged
    if boxes > offer.left:
        raise SoldOut
    offer.taken += boxes
    offer.save(update_fields=["taken"])
    return offer


def _place(
    organisation: Organisation, offer: Offer, listed: AddressList, key: str, now: datetime
) -> Order:
    (pk, number), total_fen = _next_number(now), offer.price_fen * listed.boxes
    order = Order.objects.create(
        pk=pk,
        number=number,
        buyer_id=organisation.manager_id,
        session_id=offer.session_id,
        channel=organisation.channel,
        status_at=now,
        total_fen=total_fen,
        shipping_fen=shipping_fen(listed.members, offer),
        idempotency_key=f"{key} for {offer.pk} {listed.digest[:40]}",
        body_hash=bytes.fromhex(listed.digest),
        placed_at=now,
        pay_by=now + KEPT_FOR,
        recipient=organisation.name[:40],
        recipient_phone=organisation.manager.phone,
        address=_as_listed(len(listed.members)),
    )
    OrderLine.objects.create(
        order=order,
        offer=offer,
        buyer_id=organisation.manager_id,
        sku=offer.sku,
        producer_id=offer.sku.product.producer_id,
        quantity=listed.boxes,
        price_fen=offer.price_fen,
        weight_g=offer.sku.weight_g * listed.boxes,
        total_fen=total_fen,
    )
    set_invoice(order=order, title=InvoiceTitle(organisation.name, organisation.credit_code))
    return order


def _next_number(now: datetime) -> tuple[int, str]:
    """The order's id before the order, and the number made of it, as `place_orders` makes it."""
    with connection.cursor() as cursor:
        cursor.execute(_NUMBER, [now])
        [(pk, number)] = cursor.fetchall()
        return int(pk), str(number)


def _as_listed(members: int) -> str:
    words = ngettext("As listed: %(count)d address", "As listed: %(count)d addresses", members)
    return words % {"count": members}


def _parcels(group: GroupOrder, members: Sequence[ListedMember]) -> Iterator[MemberParcel]:
    """The order's boxes, dealt out in the order of the list."""
    first_box = 1
    for member in members:
        yield MemberParcel(
            group_order=group,
            row=member.row,
            first_box=first_box,
            boxes=member.boxes,
            recipient=member.recipient,
            phone=member.phone,
            address=member.address,
        )
        first_box += member.boxes
