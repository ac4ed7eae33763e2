"""Orders at each step of their way, for these tests."""

from datetime import datetime
from typing import Any

from django.db import transaction

from lukou_market.accounts.models import User
from lukou_market.fulfilment.models import Shipment
from lukou_market.fulfilment.pack_order import pack_order
from lukou_market.fulfilment.ship_order import ship_order
from lukou_market.orders.address import set_address
from lukou_market.orders.models import Order
from lukou_market.payments.confirm_payments import Received, confirm_payments
from lukou_market.payments.models import Payment, Refund
from lukou_market.payments.settle_refund import settle_refund
from lukou_market.streams.models import Offer
from tests.factories import ADDRESS, NOW, charge, make_offer, make_user, place, place_paid


def paid(offer: Offer | None = None, *, buyer: User | None = None) -> Order:
    return place_paid(buyer or make_user(), offer or make_offer())


def pack(order: Order, packed_g: int = 2600, packer: User | None = None, **parcel: Any) -> Shipment:
    packer = packer or make_user("打包员", phone="13700000000")
    return pack_order(order_id=order.pk, packer=packer, packed_g=packed_g, now=NOW, **parcel)


def ship(order: Order, number: str = "EMS1", carrier: str = "ems", first_box: int = 1) -> Shipment:
    return ship_order(
        order_id=order.pk, carrier=carrier, tracking_number=number, first_box=first_box, now=NOW
    )


def packed(offer: Offer | None = None) -> Order:
    order = paid(offer)
    pack(order)
    return order


def shipped(offer: Offer | None = None, number: str = "EMS1") -> Order:
    order = packed(offer)
    ship(order, number)
    return order


def status_of(order: Order) -> str:
    order.refresh_from_db()
    return order.status


def money_going_back(order: Order, *, status: str, amount_fen: int = 3990) -> None:
    """A refund of the order, in this status."""
    payment = Payment.objects.create(
        order=order, amount_fen=order.total_fen, created_at=NOW, checked_at=NOW
    )
    payment.status, payment.paid_at, payment.payment_intent_id = "succeeded", NOW, "pi_1"
    payment.applied, payment.refunding_fen = True, amount_fen
    payment.save()
    Refund.objects.create(
        payment=payment,
        status=status,
        reason="buyer",
        amount_fen=amount_fen,
        requested_at=NOW,
        next_attempt_at=NOW,
    )


def sold(
    offer: Offer | None = None,
    quantity: int = 1,
    shipping_fen: int = 0,
    discount_fen: int = 0,
    *,
    buyer: User | None = None,
    now: datetime = NOW,
) -> Order:
    """An order whose payment has come, as the worker confirms it."""
    order = place(buyer or make_user(), offer or make_offer(), quantity, now=now)
    with transaction.atomic():
        charge(order, shipping_fen=shipping_fen, discount_fen=discount_fen)
    set_address(order=order, address=ADDRESS)
    payment = Payment.objects.create(
        order=order, amount_fen=order.due_fen, created_at=now, checked_at=now
    )
    received = Received(payment.pk, f"pi_{payment.pk}", order.due_fen)
    confirm_payments(received=[received], now=now)
    order.refresh_from_db()
    return order


def stripe_gives_back() -> None:
    """Every approved refund succeeds at Stripe."""
    for refund in Refund.objects.filter(status=Refund.Status.APPROVED):
        settle_refund(refund_id=refund.pk, succeeded=True, stripe_id=f"re_{refund.pk}", now=NOW)


def given_back(order: Order) -> list[int]:
    """What goes or went back because a parcel was lighter, in fen, oldest first."""
    refunds = Refund.objects.filter(payment__order=order, reason="lighter").order_by("pk")
    return list(refunds.values_list("amount_fen", flat=True))
