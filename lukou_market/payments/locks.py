"""Locks on payments and refunds: the order's row first, then the payment's, the refund's."""

from collections.abc import Collection

from lukou_market.orders.locks import lock_orders
from lukou_market.orders.models import Order
from lukou_market.payments.errors import PaymentNotFound, RefundNotFound
from lukou_market.payments.models import Payment, Refund


def lock_payments(*, payment_ids: Collection[int]) -> dict[int, Payment]:
    """These payments by id, each with its order, locked until the transaction ends.

    First all the orders, then all the payments, both by id. Raises PaymentNotFound.
    """
    wanted = set(payment_ids)
    owned = Payment.objects.filter(pk__in=wanted).order_by("id")
    orders = lock_orders(order_ids=set(owned.values_list("order_id", flat=True)))
    payments = {payment.pk: payment for payment in owned.select_for_update()}
    if wanted != payments.keys():
        raise PaymentNotFound
    for payment in payments.values():
        payment.order = orders[payment.order_id]
    return payments


def lock_refund(*, refund_id: int) -> tuple[Order, Payment, Refund]:
    """The refund, its payment and order, locked. Raises RefundNotFound."""
    payment_id = Refund.objects.filter(pk=refund_id).values_list("payment_id", flat=True).first()
    if payment_id is None:
        raise RefundNotFound
    payment = lock_payments(payment_ids=[payment_id])[payment_id]
    return payment.order, payment, Refund.objects.select_for_update().get(pk=refund_id)
