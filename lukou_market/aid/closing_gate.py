"""What keeps a month open: the three-way gate between Stripe, orders and the book."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TypedDict

from django.db.models import Q, QuerySet
from django.utils import timezone

from lukou_market.aid.audit_books import Audit, audit_books
from lukou_market.aid.load_orders import MONEY_KINDS
from lukou_market.orders.models import OrderEvent
from lukou_market.payments.errors import StripeUnavailable
from lukou_market.payments.models import WebhookEvent
from lukou_market.payments.queries import open_discrepancies
from lukou_market.payments.settle_with_stripe import settle_with_stripe

SHOWN = 100
"""Of one kind; a month with more is no nearer to being closed."""


class Unsettled(TypedDict):
    """One thing that is unexplained or unfinished."""

    check: str
    reference: str
    difference_fen: int


def unsettled(month: date) -> list[Unsettled]:
    """What is known to be open: not yet booked, or a difference with Stripe nobody explained."""
    cut_off = end_of(month)
    # A hold or release that is not posted may still move what the month has.
    moves = Q(occurred_at__lt=cut_off) | Q(kind__in=[OrderEvent.HELD, OrderEvent.RELEASED])
    events = OrderEvent.objects.filter(moves, posted=False)
    inbox = WebhookEvent.objects.filter(processed_at=None, received_at__lt=cut_off)
    return [*_events(events), *_messages(inbox), *_discrepancies()]


def ask_stripe(*, now: datetime) -> list[Unsettled]:
    """Match with Stripe, which may book fees and heal what we missed; only says if it is away."""
    try:
        settle_with_stripe(now=now)
    except StripeUnavailable:
        return [Unsettled(check="Stripe does not answer", reference="", difference_fen=0)]
    return []


def unexplained(month: date) -> list[Unsettled]:
    """Everything that keeps the month open; audits all books, so it takes time."""
    return [*unsettled(month), *_found(audit_books(with_stripe=False))]


def end_of(month: date) -> datetime:
    """The moment after the month's last, in China."""
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return datetime(following.year, following.month, 1, tzinfo=timezone.get_default_timezone())


def _found(audit: Audit) -> Iterator[Unsettled]:
    for finding in audit.findings[:SHOWN]:
        yield Unsettled(
            check=finding.check,
            reference=finding.reference,
            difference_fen=finding.difference_fen,
        )
    if audit.oversold_units:
        units = str(audit.oversold_units)
        yield Unsettled(check="oversold units", reference=units, difference_fen=0)


def _discrepancies() -> Iterator[Unsettled]:
    for row in open_discrepancies()[:SHOWN]:
        yield Unsettled(
            check="Stripe ↔ payments",
            reference=f"{row.what} {row.reference}",
            difference_fen=row.difference_fen,
        )


def _events(events: QuerySet[OrderEvent]) -> Iterator[Unsettled]:
    money = Q(kind__in=MONEY_KINDS)
    for event in events.filter(money).select_related("order").order_by("id")[:SHOWN]:
        reference = f"order {event.order.number} {event.kind}"
        fen = event.amount_fen or event.order.total_fen
        yield Unsettled(check="not yet posted", reference=reference, difference_fen=fen)


def _messages(inbox: QuerySet[WebhookEvent]) -> Iterator[Unsettled]:
    for event in inbox.order_by("id")[:SHOWN]:
        yield Unsettled(
            check="message from Stripe not yet processed",
            reference=f"message {event.stripe_id}",
            difference_fen=0,
        )
