"""Locks on payments and refunds: the order's row first, then the payment's, the refund's."""

from lukou_market.orders.locks import lock_order
from lukou_market.orders.models import Order
from lukou_market.payments.errors import PaymentNotFound, RefundNotFound
from lukou_market.payments.models import Payment, Refund


def lock_payment(*, payment_id: int) -> tuple[Order, Payment]:
    """The payment and its order, locked until the transaction ends. Raises PaymentNotFound."""
    order_id = Payment.objects.filter(pk=payment_id).values_list("order_id", flat=True).first()
    if order_id is None:
        raise PaymentNotFound
    order = lock_order(order_id=order_id)
    return order, Payment.objects.select_for_update().get(pk=payment_id)


def lock_refund(*, refund_id: int) -> tuple[Order, Payment, Refund]:
    """The refund, its payment and order, locked. Raises RefundNotFound."""
    payment_id = Refund.objects.filter(pk=refund_id).values_list("payment_id", flat=True).first()
    if payment_id is None:
        raise RefundNotFound
    order, payment = lock_payment(payment_id=payment_id)
    return order, payment, Refund.objects.select_for_update().get(pk=refund_id)
