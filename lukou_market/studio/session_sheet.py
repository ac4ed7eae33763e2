"""The sheet of a session: who looked, tapped, ordered and paid, by offer and by minute.

Nothing in it is stored twice: the audience and the taps are counted while the session runs,
everything else is what its orders say today.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMinute

from lukou_market.orders.models import OfferTaps, Order, OrderLine
from lukou_market.orders.queries import GOODS_REFUNDED
from lukou_market.streams.models import LiveSession, Offer, SessionMinute
from lukou_market.streams.viewers import viewers_of


@dataclass(slots=True)
class Funnel:
    """From tap to payment. Goods and `amount_fen` are those of paid orders, before refunds."""

    taps: int = 0
    orders: int = 0
    paid: int = 0
    units: int = 0
    weight_g: int = 0
    amount_fen: int = 0


@dataclass(slots=True)
class Minute:
    """The audience of a minute, and what it did."""

    minute: datetime
    watching: int = 0
    watched_s: int = 0
    arrived: int = 0
    funnel: Funnel = field(default_factory=Funnel)


@dataclass(frozen=True, slots=True)
class SessionSheet:
    """Basis: `studio/sheet_basis.py`. Seconds, grams, fen; `buyers` are different people."""

    session: LiveSession
    as_of: datetime
    viewers: int
    total: Funnel
    buyers: int
    refunded_fen: int
    offers: list[tuple[Offer, Funnel]]
    minutes: list[Minute]

    @property
    def peak(self) -> int:
        """The most who watched at once."""
        return max((minute.watching for minute in self.minutes), default=0)

    @property
    def watched_s(self) -> int:
        """How long all of them watched, added up."""
        return sum(minute.watched_s for minute in self.minutes)

    @property
    def watched_each_s(self) -> int:
        """How long one viewer watched on average."""
        return self.watched_s // self.viewers if self.viewers else 0

    @property
    def net_fen(self) -> int:
        """What was paid less what was given back."""
        return self.total.amount_fen - self.refunded_fen


def session_sheet(session: LiveSession, *, now: datetime) -> SessionSheet:
    """The sheet as of `now`, in as many queries whatever the session has sold."""
    by_offer: dict[int, Funnel] = defaultdict(Funnel)
    by_minute = {
        kept.minute: Minute(kept.minute, kept.watching, kept.watched_s, kept.arrived)
        for kept in SessionMinute.objects.filter(session=session)
    }
    for row in [*_taps(session), *_placed(session), *_paid(session)]:
        offer_id, minute = row.pop("offer_id"), row.pop("minute")
        _add(by_offer[offer_id], row)
        _add(by_minute.setdefault(minute, Minute(minute)).funnel, row)
    money = Order.objects.filter(session=session).aggregate(
        buyers=Count("buyer", distinct=True, filter=Q(paid_at__isnull=False)),
        refunded=Sum(GOODS_REFUNDED),
    )
    total = Funnel()
    for funnel in by_offer.values():
        _add(total, {name: getattr(funnel, name) for name in Funnel.__slots__})
    offers = Offer.objects.filter(session=session).select_related("sku__product__producer")
    counted = viewers_of(session.pk) if session.takes_orders else 0
    return SessionSheet(
        session=session,
        as_of=now,
        viewers=max(session.viewers, counted),
        total=total,
        buyers=money["buyers"],
        refunded_fen=money["refunded"] or 0,
        offers=[(offer, by_offer[offer.pk]) for offer in offers],
        minutes=[by_minute[minute] for minute in sorted(by_minute)],
    )


def _add(funnel: Funnel, more: dict[str, int]) -> None:
    for name, number in more.items():
        setattr(funnel, name, getattr(funnel, name) + number)


def _taps(session: LiveSession) -> list[dict[str, Any]]:
    taps = OfferTaps.objects.filter(offer__session=session)
    return [dict(row) for row in taps.values("offer_id", "minute", "taps")]


def _placed(session: LiveSession) -> list[dict[str, Any]]:
    """Orders by offer and by the minute they were placed in."""
    lines = OrderLine.objects.filter(order__session=session)
    placed = lines.annotate(minute=TruncMinute("order__placed_at")).values("offer_id", "minute")
    return [dict(row) for row in placed.annotate(orders=Count("pk"))]


def _paid(session: LiveSession) -> list[dict[str, Any]]:
    """Paid orders by offer and by the minute they were paid in."""
    lines = OrderLine.objects.filter(order__session=session, order__paid_at__isnull=False)
    paid = lines.annotate(minute=TruncMinute("order__paid_at")).values("offer_id", "minute")
    sums = paid.annotate(
        paid=Count("pk"), sum_units=Sum("quantity"), sum_g=Sum("weight_g"), sum_fen=Sum("total_fen")
    )
    return [
        {
            "offer_id": row["offer_id"],
            "minute": row["minute"],
            "paid": row["paid"],
            "units": row["sum_units"],
            "weight_g": row["sum_g"],
            "amount_fen": row["sum_fen"],
        }
        for row in sums
    ]
