"""What the shop should do, in the plainest words: no database, no product code."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

RESERVATION = timedelta(minutes=15)
PAGE_LIFE = timedelta(minutes=31)


@dataclass
class ModelOffer:
    price: int
    quota: int
    limit: int
    taken: int = 0


@dataclass
class ModelPage:
    """A Stripe page: open, paid (money is at Stripe) or expired; `heard` when we know of it."""

    opened: datetime
    looked_at: datetime
    state: str = "open"
    heard: bool = False


@dataclass
class ModelOrder:
    buyer: int
    offer: ModelOffer
    quantity: int
    pay_by: datetime
    status: str = "placed"
    holds: bool = True
    refunded: int = 0
    was_received: bool = False
    sent: int = 0
    pages: list[ModelPage] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.offer.price * self.quantity

    @property
    def net(self) -> int:
        paid = self.status in ("paid", "received", "refunded")
        return self.total - self.refunded if paid else 0


@dataclass
class Model:
    """Orders and money as they should be."""

    orders: list[ModelOrder] = field(default_factory=list)
    given_back_surplus: int = 0
    surplus: int = 0

    def outcome(self, buyer: int, offer: ModelOffer, quantity: int) -> str:
        if self._held(buyer, offer) + quantity > offer.limit:
            return "limit_reached"
        return "sold_out" if offer.taken + quantity > offer.quota else "placed"

    def place(self, buyer: int, offer: ModelOffer, quantity: int, now: datetime) -> ModelOrder:
        offer.taken += quantity
        order = ModelOrder(buyer, offer, quantity, now + RESERVATION)
        self.orders.append(order)
        return order

    def release(self, order: ModelOrder, status: str) -> None:
        """What has left stays taken."""
        order.status = status
        if order.holds:
            order.holds = False
            order.offer.taken -= order.quantity - order.sent

    def expire(self, now: datetime) -> None:
        for order in self.orders:
            if order.status == "placed" and order.pay_by <= now:
                self.release(order, "expired")

    def hear_paid(self, order: ModelOrder, page: ModelPage) -> None:
        """We learn that a page was paid: the order is paid, or the money is surplus."""
        if page.heard:
            return
        page.heard = True
        if order.status == "placed":
            order.status = "paid"
        elif order.status == "expired" and self._fits(order):
            order.status, order.holds = "paid", True
            order.offer.taken += order.quantity
        else:
            self.surplus += order.total

    def refund(self, order: ModelOrder, amount: int) -> None:
        order.refunded += amount
        if order.refunded == order.total:
            if order.was_received:
                order.status = "refunded"
            else:
                self.release(order, "refunded")

    def _fits(self, order: ModelOrder) -> bool:
        return self.outcome(order.buyer, order.offer, order.quantity) == "placed"

    def _held(self, buyer: int, offer: ModelOffer) -> int:
        return sum(
            order.quantity
            for order in self.orders
            if order.buyer == buyer and order.offer is offer and order.holds
        )
