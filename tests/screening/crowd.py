"""Many buyers of a stream, each with what screening may know of them; written set by set."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from lukou_market.accounts.models import SignIn, User
from lukou_market.kernel.encryption import digest
from lukou_market.orders.mark_paid import mark_paid
from lukou_market.orders.models import Order
from lukou_market.orders.place_order import OrderRequest, place_batch
from lukou_market.payments.models import BalanceMovement, Payment
from lukou_market.streams.models import Offer
from tests.factories import LONG_AGO

_AT_ONCE = 64
_EVERY = timedelta(seconds=3)
_next = count(1)


@dataclass(frozen=True)
class Purchase:
    """One box: who buys it, with whose wallet, for which door and phone."""

    buyer: User
    wallet: str
    door: str
    phone: str


def people(number: int, *, browser: str = "") -> list[User]:
    """Buyers of one village's network, signed in each with their own phone unless it is named."""
    phones = [f"137{next(_next):08d}" for _ in range(number)]
    made = User.objects.bulk_create(
        User(phone=phone, phone_digest=digest(phone), display_name="买家") for phone in phones
    )
    SignIn.objects.bulk_create(
        SignIn(
            user=user,
            session_key=f"session-{user.phone}",
            device="Android",
            browser_digest=digest(browser or user.phone),
            signed_in_at=LONG_AGO,
        )
        for user in made
    )
    return made


def for_themselves(buyers: Iterable[User], *, door: str = "") -> list[Purchase]:
    """Each with their own wallet and phone, to their own door unless it is named."""
    return [
        Purchase(one, one.phone, door or f"湖南省株洲市天元区黄河北路 {one.phone} 号", one.phone)
        for one in buyers
    ]


def buy(offer: Offer, purchases: Sequence[Purchase], at: datetime) -> list[Order]:
    """Hundreds within a minute, from `at` on; ordered and paid."""
    orders: list[Order] = []
    for first in range(0, len(purchases), _AT_ONCE):
        some, placed_at = purchases[first : first + _AT_ONCE], at + first // _AT_ONCE * _EVERY
        numbers = _place(offer, some, placed_at)
        found = {order.number: order for order in Order.objects.filter(number__in=numbers)}
        orders += _pay([found[number] for number in numbers], some, placed_at)
    return orders


def tell_payers(orders: Sequence[Order], purchases: Sequence[Purchase], now: datetime) -> None:
    """What the night's settlement says: whose wallet paid for each of these orders."""
    BalanceMovement.objects.bulk_create(
        BalanceMovement(
            stripe_id=f"txn_{order.number}",
            kind="charge",
            reference=_intent(order),
            amount_fen=order.total_fen,
            fee_fen=0,
            net_fen=order.total_fen,
            created_at=now,
            available_at=now,
            payer_digest=digest(purchase.wallet),
        )
        for order, purchase in zip(orders, purchases, strict=True)
    )


def _place(offer: Offer, purchases: Sequence[Purchase], now: datetime) -> list[str]:
    requests = [
        OrderRequest(one.buyer.pk, f"crowd-{next(_next)}", offer.pk, 1, offer.price_fen)
        for one in purchases
    ]
    answers = place_batch(requests=requests, now=now)
    return [answer if isinstance(answer, str) else answer.number for answer in answers]


def _pay(orders: list[Order], purchases: Sequence[Purchase], now: datetime) -> list[Order]:
    for order, one in zip(orders, purchases, strict=True):
        order.recipient, order.recipient_phone, order.address = "收件人", one.phone, one.door
    Order.objects.bulk_update(orders, ["recipient", "recipient_phone", "address"])
    mark_paid(orders=orders, now=now)
    payments = Payment.objects.bulk_create(
        Payment(
            order=order,
            amount_fen=order.total_fen,
            payment_intent_id=_intent(order),
            created_at=now,
            checked_at=now,
        )
        for order in orders
    )
    paid = Payment.objects.filter(pk__in=[payment.pk for payment in payments])
    paid.update(status=Payment.Status.SUCCEEDED, applied=True, paid_at=now)
    return orders


def _intent(order: Order) -> str:
    return f"pi_{order.number}"
