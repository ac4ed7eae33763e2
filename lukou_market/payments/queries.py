"""What may be read of refunds, and by whom; what of Stripe's money nobody can explain yet."""

from datetime import datetime

from django.db.models import F, Max, QuerySet, Sum

from lukou_market.orders.models import Order, Status
from lukou_market.orders.queries import own_order
from lukou_market.payments.models import (
    BalanceMovement,
    Discrepancy,
    PaymentNotice,
    Refund,
    SettlementRun,
)


def own_refunds(*, buyer_id: int, number: str) -> QuerySet[Refund]:
    """The refunds of the buyer's order, newest first. Raises OrderNotFound."""
    order = own_order(buyer_id=buyer_id, number=number)
    return Refund.objects.filter(payment__order=order).order_by("-id")


def is_going_back_whole(*, order_id: int) -> bool:
    """Whether all the money of the order is on its way back to the buyer."""
    on_its_way = Refund.objects.filter(
        payment__order_id=order_id,
        payment__applied=True,
        payment__refunding_fen=F("payment__amount_fen"),
        status__in=[Refund.Status.APPROVED, Refund.Status.SENT],
    )
    return on_its_way.exists()


def notices_to_match(now: datetime) -> QuerySet[PaymentNotice]:
    """Notices whose transfer is waited for."""
    return PaymentNotice.objects.filter(order__status=Status.PLACED, order__pay_by__gt=now)


def returns_to_send() -> QuerySet[Refund]:
    """Refunds that a person has to send back by bank transfer."""
    approved = Refund.objects.filter(status=Refund.Status.APPROVED)
    return approved.filter(payment__bank_transfer__isnull=False)


def fee_fen(*, order: Order) -> int:
    """What Stripe took for the payment that pays the order, as far as the book has it, in fen."""
    paid = order.payments.filter(applied=True).values("payment_intent_id")
    charges = BalanceMovement.objects.filter(kind="charge", reference__in=paid, booked=True)
    fen: int = charges.aggregate(fen=Sum("fee_fen", default=0))["fen"]
    return fen


def open_discrepancies() -> QuerySet[Discrepancy]:
    """Differences with Stripe that neither match by now nor are explained, oldest first."""
    open_ones = Discrepancy.objects.filter(resolved_at=None, explained_at=None)
    return open_ones.order_by("first_seen_at", "id")


def matched_until() -> datetime | None:
    """Up to when Stripe's movements have been matched; None before the first time."""
    finished = SettlementRun.objects.filter(finished_at__isnull=False)
    newest: datetime | None = finished.aggregate(at=Max("started_at"))["at"]
    return newest
