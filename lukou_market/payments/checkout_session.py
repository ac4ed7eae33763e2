"""A payment's Checkout Session: make it at Stripe, and follow what Stripe says of it."""

from datetime import datetime, timedelta

from django.db.models import Case, F, Value, When
from django.utils.translation import gettext as _

from lukou_market.payments import stripe_gateway
from lukou_market.payments.confirm_payments import Received, confirm_payments
from lukou_market.payments.models import Payment
from lukou_market.payments.stripe_gateway import Checkout, Item

# Stripe takes no less than 30 minutes from its own clock, which may differ from ours.
CHECKOUT_LIFE = timedelta(minutes=31)

_LONGEST_NAME = 250
_UNPAID = (Payment.Status.CREATING, Payment.Status.OPEN)


def start_session(*, payment: Payment) -> Payment:
    """Make the payment's session, or find the one an earlier attempt made, and store it.

    Raises StripeUnavailable (repeat it later) and StripeRefused.
    """
    checkout = stripe_gateway.create_checkout(
        payment_id=payment.pk,
        number=payment.order.number,
        items=_items(payment),
        expires_at=payment.created_at + CHECKOUT_LIFE,
    )
    # A webhook or the worker may have been faster: only a payment being created opens.
    opened = Case(
        When(status=Payment.Status.CREATING, then=Value(Payment.Status.OPEN)), default=F("status")
    )
    Payment.objects.filter(pk=payment.pk).update(
        status=opened, checkout_session_id=checkout.id, checkout_url=checkout.url
    )
    payment.refresh_from_db()
    return payment


def _items(payment: Payment) -> list[Item]:
    """What the page lists. A discount makes one line of the goods: Stripe has no negative ones."""
    order = payment.order
    lines = list(order.lines.select_related("sku__product").order_by("id"))
    goods = [Item(str(line.sku), line.price_fen, line.quantity) for line in lines]
    if order.discount_fen:
        names = "、".join(str(line) for line in lines)
        less = _("%(goods)s, less the voucher") % {"goods": names}
        goods = [Item(less[:_LONGEST_NAME], order.total_fen - order.discount_fen, 1)]
    if order.shipping_fen:
        goods.append(Item(_("Shipping"), order.shipping_fen, 1))
    return goods


def follow_session(*, payment_id: int, checkout: Checkout, now: datetime) -> None:
    """Bring the payment to where its session is: paid, expired, or still open."""
    if checkout.paid:
        confirm_payments(received=[received_by(payment_id, checkout)], now=now)
    elif checkout.status == "expired":
        close_payment(payment_id=payment_id)


def received_by(payment_id: int, checkout: Checkout) -> Received:
    """What a paid session brought."""
    return Received(payment_id, checkout.payment_intent_id, checkout.amount_fen)


def close_payment(*, payment_id: int) -> None:
    """Nothing more is expected of this payment; one that succeeded stays so."""
    unpaid = Payment.objects.filter(pk=payment_id, status__in=_UNPAID)
    unpaid.update(status=Payment.Status.CLOSED)
