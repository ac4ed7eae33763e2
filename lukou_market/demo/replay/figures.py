"""The replay's figures, measured in the database and the book."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from lukou_market.aid.audit_books import Audit
from lukou_market.aid.models import HouseholdTotal
from lukou_market.fulfilment.models import Shipment
from lukou_market.orders.models import Order, OrderLine, Status
from lukou_market.payments.models import BalanceMovement, Dispute, Payout
from lukou_market.payments.queries import open_discrepancies
from lukou_market.screening.models import SaleFlag
from lukou_market.screening.queries import held_orders
from lukou_market.streams.models import LiveSession
from lukou_market.streams.viewers import viewers_of


@dataclass(frozen=True)
class Sales:
    """A session's sales. Basis: paid; `kg_sold` without what was given back whole."""

    viewers: int
    orders_placed: int
    orders_paid: int
    orders_expired: int
    orders_refunded: int
    kg_sold: int
    gross_fen: int
    refunded_fen: int


@dataclass(frozen=True)
class Figures(Sales):
    """What `deploy/demo --once` promises to print. Credited: received, net of what went back."""

    parcels_booked: int
    parcels_delivered: int
    households_credited: int
    credited_fen: int
    paid_out_fen: int
    stripe_fees_fen: int
    disputes_won: int
    disputes_lost: int
    charged_back_fen: int
    discrepancies_open: int
    sales_flagged: int
    sales_held: int
    held_fen: int
    unexplained_fen: int
    oversold_units: int
    elapsed_s: float


def measure_sales(session: LiveSession) -> Sales:
    """What buyers did in the session."""
    paid = Q(paid_at__isnull=False)
    counted: dict[str, Any] = Order.objects.filter(session=session).aggregate(
        orders_placed=Count("pk"),
        orders_paid=Count("pk", filter=paid),
        orders_expired=Count("pk", filter=Q(status=Status.EXPIRED)),
        orders_refunded=Count("pk", filter=Q(refunded_fen__gt=0)),
        gross_fen=Sum("total_fen", filter=paid, default=0),
        refunded_fen=Sum("refunded_fen", filter=paid, default=0),
    )
    kept = OrderLine.objects.filter(order__session=session, order__paid_at__isnull=False)
    kept = kept.exclude(order__status=Status.REFUNDED)
    sold_g = kept.aggregate(g=Sum("weight_g", default=0))["g"]
    session.refresh_from_db(fields=["status", "viewers"])
    viewers = max(session.viewers, viewers_of(session.pk) if session.takes_orders else 0)
    return Sales(viewers=viewers, kg_sold=sold_g // 1000, **counted)


def measure(session: LiveSession, audit: Audit, *, elapsed_s: float) -> Figures:
    """All figures, with what the audit found. Earlier months' credits are not the session's."""
    net = F("credited_fen") - F("reversed_fen")
    session.refresh_from_db(fields=["started_at"])
    since = timezone.localdate(session.started_at or session.scheduled_at).replace(day=1)
    totals = (
        HouseholdTotal.objects.filter(month__gte=since)
        .values("household")
        .annotate(net=Sum(net))
        .filter(net__gt=0)
    )
    credited = [row["net"] for row in totals]
    return Figures(
        **asdict(measure_sales(session)),
        **_at_the_carrier(session),
        households_credited=len(credited),
        credited_fen=sum(credited),
        **_at_stripe(session),
        **_screened(session),
        unexplained_fen=audit.unexplained_fen,
        oversold_units=audit.oversold_units,
        elapsed_s=round(elapsed_s, 1),
    )


def _at_the_carrier(session: LiveSession) -> dict[str, int]:
    """The session's parcels: with a number of the carrier's, and with their recipients."""
    parcels = Shipment.objects.filter(order__session=session)
    return {
        "parcels_booked": parcels.exclude(booked_at=None).count(),
        "parcels_delivered": parcels.exclude(delivered_at=None).count(),
    }


def _at_stripe(session: LiveSession) -> dict[str, int]:
    """Payouts that arrived and fees of the whole account; disputes of the session."""
    arrived = Payout.objects.filter(status=Payout.Status.PAID)
    fees = BalanceMovement.objects.filter(booked=True)
    disputes = Dispute.objects.filter(payment__order__session=session)
    lost = disputes.filter(status=Dispute.Status.LOST)
    return {
        "paid_out_fen": arrived.aggregate(fen=Sum("amount_fen", default=0))["fen"],
        "stripe_fees_fen": fees.aggregate(fen=Sum("fee_fen", default=0))["fen"],
        "disputes_won": disputes.filter(status=Dispute.Status.WON).count(),
        "disputes_lost": lost.count(),
        "charged_back_fen": lost.aggregate(fen=Sum("held_fen", default=0))["fen"],
        "discrepancies_open": open_discrepancies().count(),
    }


def _screened(session: LiveSession) -> dict[str, int]:
    """Flagged sales of the session, cleared ones too; sales of all sessions that are held now."""
    flags = SaleFlag.objects.filter(order__session=session)
    held = Order.objects.filter(pk__in=held_orders())
    return {
        "sales_flagged": flags.aggregate(orders=Count("order", distinct=True))["orders"],
        "sales_held": held.count(),
        "held_fen": held.aggregate(fen=Sum("total_fen", default=0))["fen"],
    }
