"""A buyer wants to pay."""

from datetime import datetime

from django.db import transaction

from lukou_market.orders.address import Address, set_address
from lukou_market.orders.locks import lock_own_order
from lukou_market.orders.models import Status
from lukou_market.payments.checkout_session import close_payment, start_session
from lukou_market.payments.errors import OrderNotPayable, StripeRefused
from lukou_market.payments.models import Payment


def open_checkout(*, buyer_id: int, number: str, address: Address, now: datetime) -> Payment:
    """A new payment with the address of Stripe's page (`checkout_url`); saves where to send to.

    Every call makes another session, so that a buyer can try another way to pay; the worker
    closes the earlier ones. Raises OrderNotFound, OrderNotPayable, StripeUnavailable (the
    worker finds out whether Stripe made a session, and ends it), StripeRefused.
    """
    payment = _begin_payment(buyer_id=buyer_id, number=number, address=address, now=now)
    try:
        return start_session(payment=payment)
    except StripeRefused:
        close_payment(payment_id=payment.pk)
        raise


@transaction.atomic
def _begin_payment(*, buyer_id: int, number: str, address: Address, now: datetime) -> Payment:
    order = lock_own_order(number=number, buyer_id=buyer_id)
    if order.status != Status.PLACED or order.pay_by <= now:
        raise OrderNotPayable(order_status=order.status)
    set_address(order=order, address=address)
    return Payment.objects.create(
        order=order, amount_fen=order.total_fen, created_at=now, checked_at=now
    )
