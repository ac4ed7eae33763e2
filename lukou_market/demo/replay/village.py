"""The village's side: the host's buttons, packing, shipping, and deciding refunds."""

import random
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TypeVar

from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone

from lukou_market.accounts.models import User
from lukou_market.demo.logins import PACKER_PHONE
from lukou_market.fulfilment import tasks
from lukou_market.fulfilment.book_parcel import book_parcel, can_book
from lukou_market.fulfilment.models import Carrier
from lukou_market.fulfilment.pack_order import pack_order
from lukou_market.fulfilment.ship_order import ship_order
from lukou_market.kernel.encryption import digest
from lukou_market.kernel.errors import DomainError
from lukou_market.kernel.nudge import nudge
from lukou_market.orders.models import Order, Status
from lukou_market.payments.decide_refund import approve_refund
from lukou_market.payments.models import Refund
from lukou_market.streams.errors import SessionStatusWrong
from lukou_market.streams.models import LiveSession
from lukou_market.streams.pin_offer import pin_offer
from lukou_market.streams.run_session import (
    end_session,
    interrupt_session,
    resume_session,
    start_session,
)

T = TypeVar("T")

_PATIENCE_S = 180.0
_AT_ONCE = 40


def persist(act: Callable[[], T]) -> T:
    """Do `act`, again while the database is away. Raises what it raised after three minutes."""
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        try:
            return act()
        except (OperationalError, InterfaceError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)
            close_old_connections()


class Host:
    """The host's buttons; pressing one again after an uncertain answer changes nothing.

    Nor does pressing one when the picture has already said so: it comes and goes by itself.
    """

    def __init__(self, session_id: int) -> None:
        self._session_id = session_id

    def start(self) -> None:
        self._move(LiveSession.Status.SCHEDULED, start_session)

    def interrupt(self) -> None:
        self._move(LiveSession.Status.LIVE, interrupt_session)

    def resume(self) -> None:
        self._move(LiveSession.Status.INTERRUPTED, resume_session)

    def end(self) -> None:
        self._move(LiveSession.Status.LIVE, end_session)

    def pin(self, offer_id: int) -> None:
        persist(lambda: pin_offer(session_id=self._session_id, offer_id=offer_id))

    def _move(self, since: str, step: Callable[..., LiveSession]) -> None:
        def press() -> None:
            if LiveSession.objects.filter(pk=self._session_id, status=since).exists():
                with suppress(SessionStatusWrong):
                    step(session_id=self._session_id, now=timezone.now())

        persist(press)


def pack_and_ship(session_id: int) -> list[str]:
    """Pack and ship the next few orders; returns the numbers of those now on their way."""
    orders = Order.objects.filter(session_id=session_id, status__in=[Status.PAID, Status.PACKED])
    packer = persist(lambda: User.objects.get(phone_digest=digest(PACKER_PHONE)))
    shipped = []
    for order in persist(lambda: list(orders.order_by("id").prefetch_related("lines")[:_AT_ONCE])):
        try:
            persist(partial(_send, order, packer))
        except DomainError:
            continue  # a refund came first
        shipped.append(order.number)
    return shipped


def follow_parcels() -> None:
    """Let the workers ask the carrier now; beat has more time than the replay."""
    nudge(tasks.follow_due_parcels)
    nudge(tasks.receive_overdue_orders)


def approve_refunds(session_id: int) -> None:
    """Grant what buyers ask for: the demonstration's village is generous."""
    asked = Refund.objects.filter(
        status=Refund.Status.REQUESTED, payment__order__session_id=session_id
    )
    for refund_id in persist(lambda: list(asked.values_list("pk", flat=True))):
        persist(partial(approve_refund, refund_id=refund_id, now=timezone.now()))


def _send(order: Order, packer: User) -> None:
    order.refresh_from_db(fields=["status"])
    now = timezone.now()
    if order.status == Status.PAID:
        net_g = sum(line.weight_g for line in order.lines.all())
        # Melons are not cut to measure: a box holds up to 3 % more than it says.
        packed_g = net_g + net_g * random.Random(order.pk).randrange(31) // 1000
        pack_order(order_id=order.pk, packer=packer, packed_g=packed_g, now=now)
    number = f"EH{order.pk:09d}CN"
    if can_book():
        number = book_parcel(order_id=order.pk, carrier=Carrier.EMS, now=now).tracking_number
    ship_order(order_id=order.pk, carrier=Carrier.EMS, tracking_number=number, now=now)
