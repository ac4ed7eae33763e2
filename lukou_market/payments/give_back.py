"""The shop gives money of an order back without being asked."""

from datetime import datetime

from django.db.models import Sum

from lukou_market.kernel.nudge import nudge
from lukou_market.orders.models import Order
from lukou_market.payments import tasks
from lukou_market.payments.models import Payment, Refund

_GIVEN = (Refund.Status.APPROVED, Refund.Status.SENT, Refund.Status.SUCCEEDED)


def given_back_fen(*, order: Order, but_for: str = "") -> int:
    """What of the order went back or is on its way, in fen, but for refunds of that reason."""
    given = Refund.objects.filter(
        payment__order=order, payment__applied=True, status__in=_GIVEN
    ).exclude(reason=but_for)
    fen: int = given.aggregate(fen=Sum("amount_fen", default=0))["fen"]
    return fen


def give_back(*, order: Order, amount_fen: int, reason: str, now: datetime) -> int:
    """Send up to `amount_fen` of the locked order's payment back; return how many fen.

    Never more than is left of the payment: what is asked back, given back or disputed stays
    out. An order that no payment through Stripe has paid gives nothing.
    """
    payment = order.payments.select_for_update().filter(applied=True).first()
    fen = min(amount_fen, _left_fen(payment)) if payment else 0
    if payment is None or fen <= 0:
        return 0
    payment.refunding_fen += fen
    payment.save(update_fields=["refunding_fen"])
    payment.refunds.create(
        status=Refund.Status.APPROVED,
        reason=reason,
        amount_fen=fen,
        requested_at=now,
        next_attempt_at=now,
    )
    nudge(tasks.send_due_refunds)
    return fen


def _left_fen(payment: Payment) -> int:
    return payment.amount_fen - payment.refunding_fen - payment.disputed_fen
