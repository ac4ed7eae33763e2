"""Sales in June, July and August, and a Stripe that agrees with us unless it is told otherwise."""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from lukou_market.aid.models import Period
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.aid.write_period import export_period
from lukou_market.households.models import Household, Producer
from lukou_market.orders.address import set_address
from lukou_market.orders.advance import mark_packed, mark_received, mark_shipped
from lukou_market.orders.models import Order
from lukou_market.orders.record_refund import record_refund
from lukou_market.payments.confirm_payments import Received, confirm_payments
from lukou_market.payments.match_settlement import Difference
from lukou_market.payments.models import Payment, Refund
from lukou_market.streams.models import Offer
from tests.factories import ADDRESS, NOW, charge, make_user, place

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)
IN_JUNE = NOW
IN_JULY = datetime(2026, 7, 5, 4, 0, tzinfo=UTC)
IN_AUGUST = datetime(2026, 8, 5, 4, 0, tzinfo=UTC)


@dataclass
class Books:
    """A producer that keeps 55 % of its sales and shares out 30 % and 15 %."""

    producer: Producer
    household: Household
    offer: Offer
    differences: list[Difference] = field(default_factory=list)
    stripe_answers: bool = True

    def sale(
        self, *, now: datetime = IN_JUNE, post: bool = True, posted_at: datetime | None = None
    ) -> Order:
        """10 yuan, paid and received."""
        order = self.paid(now=now)
        for step in (mark_packed, mark_shipped, mark_received):
            step(order=order, now=now)
        if post:
            post_due_orders(now=posted_at or now)
        return order

    def paid(
        self,
        *,
        quantity: int = 1,
        now: datetime = IN_JUNE,
        shipping_fen: int = 0,
        discount_fen: int = 0,
    ) -> Order:
        """10 yuan each, paid as the worker confirms it."""
        order = place(make_user(), self.offer, quantity, now=now)
        set_address(order=order, address=ADDRESS)
        charge(order, shipping_fen=shipping_fen, discount_fen=discount_fen)
        payment = Payment.objects.create(
            order=order, amount_fen=order.due_fen, created_at=now, checked_at=now
        )
        intent = f"pi_{payment.pk}"
        confirm_payments(received=[Received(payment.pk, intent, order.due_fen)], now=now)
        order.refresh_from_db()
        return order

    def refund(self, order: Order, amount_fen: int, *, now: datetime) -> Refund:
        """Given back, as the worker records it, and posted."""
        payment = Payment.objects.get(order=order)
        payment.refunding_fen += amount_fen
        payment.save()
        refund = Refund.objects.create(
            payment=payment, status="requested", reason="buyer", amount_fen=amount_fen,
            requested_at=now, next_attempt_at=now,
        )  # fmt: skip
        for status in ("approved", "sent", "succeeded"):
            refund.status = status
            refund.stripe_id = f"re_{refund.pk}" if status != "approved" else None
            refund.settled_at = now if status == "succeeded" else None
            refund.save()
        order.refresh_from_db()
        record_refund(order=order, amount_fen=amount_fen, now=now)
        post_due_orders(now=now)
        return refund

    def total(self, period: Period, by: str, of: str = "") -> dict[str, int]:
        """The figures of one total in the period's file."""
        lines = map(json.loads, export_period(period).splitlines())
        [found] = [line for line in lines if (line.get("by"), line.get("of")) == (by, of)]
        return {name: fen for name, fen in found.items() if name.endswith("_fen")}
