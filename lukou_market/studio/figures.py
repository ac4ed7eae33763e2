"""What a session has sold so far."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from lukou_market.orders.models import Order, OrderLine, Status
from lukou_market.orders.queries import GOODS_REFUNDED
from lukou_market.streams.count_audience import watching_in
from lukou_market.streams.models import LiveSession
from lukou_market.streams.viewers import viewers_of


@dataclass(frozen=True, slots=True)
class SessionFigures:
    """Basis: orders neither cancelled nor expired; gross before refunds. Fen and grams.

    `viewers` are different people so far, `watching` those of this moment.
    """

    viewers: int
    watching: int
    orders: int
    units: int
    weight_g: int
    gross_fen: int
    paid_orders: int
    paid_fen: int
    refunded_fen: int


def orders_that_count(session: LiveSession) -> QuerySet[Order]:
    """The session's orders that are neither cancelled nor expired."""
    given_up = [Status.CANCELLED, Status.EXPIRED]
    return Order.objects.filter(session=session).exclude(status__in=given_up)


def session_figures(session: LiveSession) -> SessionFigures:
    """The figures of this moment."""
    orders = orders_that_count(session)
    money = orders.aggregate(
        orders=Count("pk"),
        gross=Sum("total_fen"),
        paid_orders=Count("pk", filter=Q(paid_at__isnull=False)),
        paid=Sum("total_fen", filter=Q(paid_at__isnull=False)),
        refunded=Sum(GOODS_REFUNDED),
    )
    goods = OrderLine.objects.filter(order__in=orders).aggregate(
        units=Sum("quantity"), weight=Sum("weight_g")
    )
    counted = viewers_of(session.pk) if session.takes_orders else 0
    watching = watching_in([session.pk]) if session.takes_orders else {}
    return SessionFigures(
        viewers=max(session.viewers, counted),
        watching=watching.get(session.pk, 0),
        orders=money["orders"],
        units=goods["units"] or 0,
        weight_g=goods["weight"] or 0,
        gross_fen=money["gross"] or 0,
        paid_orders=money["paid_orders"],
        paid_fen=money["paid"] or 0,
        refunded_fen=money["refunded"] or 0,
    )
