"""Write down sales whose money went straight to the producer, and take them into the book."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from lukou_market.accounts.direct_buyers import buyers_by_name
from lukou_market.accounts.models import User
from lukou_market.catalog.models import Sku
from lukou_market.kernel.errors import constraint_errors
from lukou_market.orders.errors import ReceiptRecordedBefore
from lukou_market.orders.models import DirectSale, Order, OrderLine, Status

_NUMBERS = """
    SELECT id, order_number(order_day(sold_at), id) FROM (
        SELECT nextval('orders_order_id_seq') AS id, sold_at
        FROM unnest(%s::timestamptz[]) AS sold_at
    ) numbered
"""
_NOON = time(12)


@dataclass(frozen=True, slots=True)
class SoldDirectly:
    """A receipt: `quantity` packages that weighed `weight_g` together and cost `total_fen`."""

    receipt_number: str
    sold_on: date
    channel: str
    buyer_name: str
    sku: Sku
    quantity: int
    weight_g: int
    total_fen: int
    proof: str


@transaction.atomic
def record_direct_sales(*, sales: Sequence[SoldDirectly], by: User, now: datetime) -> None:
    """Each becomes an order that was placed, paid and received at noon of its day.

    Posting shares it out by the links in force on that day. All or none. Raises
    ReceiptRecordedBefore.
    """
    orders = _orders(sales)
    pks = [order.pk for order in orders]
    refusals = dict.fromkeys(("direct_sale_once", "order_idempotency_key"), ReceiptRecordedBefore)
    with constraint_errors(refusals):
        Order.objects.bulk_create(orders)
        OrderLine.objects.bulk_create(
            line for order, sale in zip(orders, sales, strict=True) for line in _lines(order, sale)
        )
        DirectSale.objects.bulk_create(
            _receipt(order, sale, by, now) for order, sale in zip(orders, sales, strict=True)
        )
        _move(pks, Status.PAID)
        _move(pks, Status.RECEIVED)


def noon_of(day: date) -> datetime:
    """When the sale of a day happened, as far as anybody knows."""
    return timezone.make_aware(datetime.combine(day, _NOON), timezone.get_default_timezone())


def _orders(sales: Sequence[SoldDirectly]) -> list[Order]:
    buyers = buyers_by_name(sale.buyer_name for sale in sales)
    moments = [noon_of(sale.sold_on) for sale in sales]
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS, [moments])
        numbered = cursor.fetchall()
    return [
        Order(
            pk=pk,
            number=number,
            buyer=buyers[sale.buyer_name],
            channel=sale.channel,
            status_at=sold_at,
            total_fen=sale.total_fen,
            idempotency_key=sale.receipt_number,
            body_hash=hashlib.sha256(repr(sale).encode()).digest(),
            placed_at=sold_at,
            pay_by=sold_at,
            recipient=sale.buyer_name[:40],
        )
        for (pk, number), sale, sold_at in zip(numbered, sales, moments, strict=True)
    ]


def _lines(order: Order, sale: SoldDirectly) -> list[OrderLine]:
    """One line; two, a fen apart in price, when the packages don't share the total evenly."""
    price_fen, over = divmod(sale.total_fen, sale.quantity)
    dearer_g = sale.weight_g * over // sale.quantity
    parts = [
        (sale.quantity - over, price_fen, sale.weight_g - dearer_g),
        (over, price_fen + 1, dearer_g),
    ]
    return [
        OrderLine(
            order=order,
            buyer_id=order.buyer_id,
            sku=sale.sku,
            producer_id=sale.sku.product.producer_id,
            quantity=quantity,
            price_fen=each_fen,
            weight_g=weight_g,
            total_fen=each_fen * quantity,
            holds_stock=False,
        )
        for quantity, each_fen, weight_g in parts
        if quantity
    ]


def _receipt(order: Order, sale: SoldDirectly, by: User, now: datetime) -> DirectSale:
    return DirectSale(
        order=order,
        receipt_number=sale.receipt_number,
        sold_on=sale.sold_on,
        buyer_name=sale.buyer_name,
        proof=sale.proof,
        recorded_by=by,
        recorded_at=now,
    )


def _move(pks: list[int], to: Status) -> None:
    Order.objects.filter(pk__in=pks).update(
        status=to, status_at=F("placed_at"), paid_at=F("placed_at")
    )
