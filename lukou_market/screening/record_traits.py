"""Note what sales have in common with others, as far as it is known by now."""

import re
from collections.abc import Iterable, Iterator, Sequence

from lukou_market.kernel.encryption import digest
from lukou_market.kernel.many_rows import array_of, read_rows
from lukou_market.orders.models import BY_LIST, Order
from lukou_market.screening.models import SaleTrait

_DECORATION = re.compile(r"[\W_]+")

# Stripe names the card or wallet with the charge; a bank transfer names nobody we could compare.
_PAYERS = """
    SELECT payment.order_id, movement.payer_digest FROM payments_payment payment
    JOIN payments_balancemovement movement ON movement.reference = payment.payment_intent_id
    WHERE payment.order_id = ANY (%s) AND payment.applied AND movement.payer_digest <> ''
"""
# The browser that the buyer had signed in with last, if it is known.
_DEVICES = """
    SELECT o.id, latest.browser_digest FROM orders_order o
    CROSS JOIN LATERAL (
        SELECT browser_digest FROM accounts_signin
        WHERE user_id = o.buyer_id AND signed_in_at <= o.placed_at
        ORDER BY signed_in_at DESC, id DESC LIMIT 1
    ) latest
    WHERE o.id = ANY (%s) AND latest.browser_digest <> ''
"""
_VILLAGES = """
    SELECT DISTINCT ON (line.order_id) line.order_id, producer.village_id
    FROM orders_orderline line JOIN households_producer producer ON producer.id = line.producer_id
    WHERE line.order_id = ANY (%s) ORDER BY line.order_id, line.id
"""


def record_traits(order_ids: Sequence[int]) -> None:
    """Repeating it adds only what was not known before.

    An organisation's list is left out: one buyer orders for many members, and says so.
    """
    orders = Order.objects.exclude(channel__in=BY_LIST).in_bulk(order_ids)
    SaleTrait.objects.bulk_create(
        (
            SaleTrait(
                order=orders[pk],
                kind=kind,
                digest=value,
                buyer_id=orders[pk].buyer_id,
                paid_at=paid_at,
            )
            for pk, kind, value in _traits(orders.values())
            if (paid_at := orders[pk].paid_at)
        ),
        ignore_conflicts=True,
    )


def villages_of(order_ids: Iterable[int]) -> dict[int, str]:
    """By order: the village of the producer of its first line."""
    return dict(read_rows(_VILLAGES, array_of(order_ids)))


def _traits(orders: Iterable[Order]) -> Iterator[tuple[int, SaleTrait.Kind, str]]:
    ids = [order.pk for order in orders]
    for pk, payer in read_rows(_PAYERS, array_of(ids)):
        yield pk, SaleTrait.Kind.PAYER, payer
    for pk, device in read_rows(_DEVICES, array_of(ids)):
        yield pk, SaleTrait.Kind.DEVICE, device
    for pk, village in villages_of(ids).items():
        yield pk, SaleTrait.Kind.VILLAGE, village
    for order in orders:
        if order.session_id:
            yield order.pk, SaleTrait.Kind.SESSION, str(order.session_id)
        if plain := _DECORATION.sub("", order.address).lower():
            yield order.pk, SaleTrait.Kind.ADDRESS, digest(plain)
            yield order.pk, SaleTrait.Kind.RECIPIENT, digest(order.recipient_phone)
