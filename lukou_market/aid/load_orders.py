"""Read orders as the posting rules see them, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from lukou_market.aid.allocation import Line
from lukou_market.aid.load_terms import TermsInForce
from lukou_market.aid.lot_models import LotDraw
from lukou_market.aid.posting_rules import PAID, RECEIVED, REFUND, Event, PostableOrder
from lukou_market.orders.models import Order, OrderEvent, OrderLine

MONEY_KINDS = (PAID, RECEIVED, REFUND)


def load_orders(order_ids: Sequence[int]) -> list[PostableOrder]:
    """These orders with their money events and lines; these with their terms and draws."""
    lines: dict[int, list[OrderLine]] = defaultdict(list)
    for line in OrderLine.objects.filter(order__in=order_ids).order_by("id"):
        lines[line.order_id].append(line)
    events: dict[int, list[Event]] = defaultdict(list)
    money_events = OrderEvent.objects.filter(order__in=order_ids, kind__in=MONEY_KINDS)
    for row in money_events.order_by("id"):
        event = Event(row.pk, row.kind, row.amount_fen, row.occurred_at, row.posted)
        events[row.order_id].append(event)
    terms = TermsInForce({line.producer_id for rows in lines.values() for line in rows})
    drawn_g = _drawn_g(line.pk for rows in lines.values() for line in rows)
    orders = Order.objects.filter(pk__in=order_ids).order_by("id")
    return [
        PostableOrder(
            id=pk,
            channel=channel,
            lines=tuple(
                Line(
                    id=line.pk,
                    producer=line.producer_id,
                    total_fen=line.total_fen,
                    quantity=line.quantity,
                    terms=terms.at(line.producer_id, placed_at),
                    drawn_g=tuple(drawn_g[line.pk].items()) if line.pk in drawn_g else (),
                )
                for line in lines[pk]
            ),
            events=tuple(events[pk]),
        )
        for pk, channel, placed_at in orders.values_list("id", "channel", "placed_at")
    ]


def _drawn_g(line_ids: Iterable[int]) -> dict[int, dict[int, int]]:
    """By line: what it draws on lots, in grams by household, first drawn first."""
    drawn: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    draws = LotDraw.objects.filter(line__in=line_ids).order_by("id")
    for line_id, household_id, weight_g in draws.values_list("line", "household", "weight_g"):
        drawn[line_id][household_id] += weight_g
    return drawn
