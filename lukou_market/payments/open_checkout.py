"""A buyer wants to pay."""

from datetime import datetime

from django.db import transaction

from lukou_market.orders.address import Address, InvoiceTitle, set_address, set_invoice
from lukou_market.orders.locks import lock_own_order
from lukou_market.orders.models import Status
from lukou_market.orders.settle_charges import Asked, settle_charges
from lukou_market.payments.checkout_session import close_payment, start_session
from lukou_market.payments.errors import OrderNotPayable, StripeRefused
from lukou_market.payments.models import Payment


def open_checkout(
    *,
    buyer_id: int,
    number: str,
    address: Address,
    now: datetime,
    voucher_code: str = "",
    shown_due_fen: int | None = None,
    invoice: InvoiceTitle | None = None,
) -> Payment:
    """A new payment with the address of Stripe's page (`checkout_url`); saves where to send to.

    Every call makes another session, so that a buyer can try another way to pay; the worker
    closes the earlier ones. Shipping and discount are settled here; the buyer must have seen
    what is due, in fen (by default the total of the goods). An organisation's list keeps its
    own addresses, charges and invoice. Raises OrderNotFound, OrderNotPayable, PlaceUnclear,
    what settle_charges raises, StripeUnavailable (the worker finds out whether Stripe made a
    session, and ends it), StripeRefused.
    """
    asked = Asked(address, voucher_code, shown_due_fen)
    payment = _begin_payment(
        buyer_id=buyer_id, number=number, asked=asked, invoice=invoice, now=now
    )
    try:
        return start_session(payment=payment)
    except StripeRefused:
        close_payment(payment_id=payment.pk)
        raise


@transaction.atomic
def _begin_payment(
    *,
    buyer_id: int,
    number: str,
    asked: Asked,
    invoice: InvoiceTitle | None,
    now: datetime,
) -> Payment:
    order = lock_own_order(number=number, buyer_id=buyer_id)
    if order.status != Status.PLACED or order.pay_by <= now:
        raise OrderNotPayable(order_status=order.status)
    settle_charges(order=order, asked=asked, now=now)
    if not order.goes_by_list:
        set_address(order=order, address=asked.address)
    if invoice is not None and not order.goes_by_list:
        set_invoice(order=order, title=invoice)
    return Payment.objects.create(
        order=order, amount_fen=order.due_fen, created_at=now, checked_at=now
    )
