"""Payments succeeded, as Stripe or our bank says: many at once after a rush, or just one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from lukou_market.orders.mark_paid import make_payable, mark_paid
from lukou_market.orders.models import Order, Status
from lukou_market.orders.stock import lock_offers
from lukou_market.orders.use_voucher import lock_vouchers
from lukou_market.payments.book import post_received
from lukou_market.payments.locks import lock_payments
from lukou_market.payments.models import Payment, Refund

_WRITE = """
    UPDATE payments_payment payment SET
        status = 'succeeded', paid_at = %(now)s, payment_intent_id = paid.intent,
        amount_fen = paid.fen, refunding_fen = paid.refunding, applied = paid.applied
    FROM unnest(%(ids)s::bigint[], %(intents)s::text[], %(fen)s::bigint[],
                %(refunding)s::bigint[], %(applied)s::boolean[])
        AS paid (id, intent, fen, refunding, applied)
    WHERE payment.id = paid.id
"""


@dataclass(frozen=True, slots=True)
class Received:
    """Money that Stripe, or our bank (without a payment intent), has received for a payment."""

    payment_id: int
    payment_intent_id: str | None
    amount_fen: int


@transaction.atomic
def confirm_payments(*, received: Sequence[Received], now: datetime) -> None:
    """Take the payments into the book and pay their orders; what pays no order is given back.

    All or nothing, in as many statements for a hundred payments as for one; only an order
    that has expired takes some of its own, to get its stock and voucher again. Repeating it changes
    nothing. Raises PaymentNotFound.
    """
    payments = lock_payments(payment_ids=[money.payment_id for money in received])
    _lock_what_is_taken_again([payment.order for payment in payments.values()])
    paid: set[Order] = set()
    new: dict[Payment, Refund.Reason | None] = {}
    for money in received:
        payment = payments[money.payment_id]
        if payment.status != Payment.Status.SUCCEEDED:
            new[payment] = _surplus(payment.order, money.amount_fen, paid)
            if new[payment] is None:
                paid.add(payment.order)
            _succeed(payment, money, applied=new[payment] is None, now=now)
    if new:
        mark_paid(orders=paid, now=now)
        _write(list(new), now)
        post_received(payments=list(new), now=now)
        refunds = [_refund(payment, surplus, now) for payment, surplus in new.items() if surplus]
        Refund.objects.bulk_create(refunds)


def _lock_what_is_taken_again(orders: Sequence[Order]) -> None:
    """All offers, then all vouchers: one after the other, two workers could wait for each other."""
    expired = [order.pk for order in orders if order.status == Status.EXPIRED]
    if expired:
        lock_offers(order_ids=expired)
        lock_vouchers(order_ids=expired, held=False)


def _surplus(order: Order, amount_fen: int, paid: Collection[Order]) -> Refund.Reason | None:
    """Why this money has to go back; None when it pays the locked order."""
    if order.paid_at is not None or order in paid:
        return Refund.Reason.PAID_TWICE
    if amount_fen != order.due_fen:
        return Refund.Reason.WRONG_AMOUNT
    return None if make_payable(order=order) else Refund.Reason.PAID_LATE


def _succeed(payment: Payment, money: Received, *, applied: bool, now: datetime) -> None:
    payment.status, payment.paid_at, payment.applied = Payment.Status.SUCCEEDED, now, applied
    payment.payment_intent_id, payment.amount_fen = money.payment_intent_id, money.amount_fen
    payment.refunding_fen = 0 if applied else money.amount_fen


def _write(payments: Sequence[Payment], now: datetime) -> None:
    values: dict[str, Any] = {
        "now": now,
        "ids": [payment.pk for payment in payments],
        "intents": [payment.payment_intent_id for payment in payments],
        "fen": [payment.amount_fen for payment in payments],
        "refunding": [payment.refunding_fen for payment in payments],
        "applied": [payment.applied for payment in payments],
    }
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, values)


def _refund(payment: Payment, surplus: Refund.Reason, now: datetime) -> Refund:
    return Refund(
        payment=payment,
        status=Refund.Status.APPROVED,
        reason=surplus,
        amount_fen=payment.amount_fen,
        requested_at=now,
        next_attempt_at=now,
    )
