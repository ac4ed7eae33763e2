"""Read orders as the posting rules see them, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from lukou_market.aid.allocation import Line, Party
from lukou_market.aid.posting_rules import PAID, RECEIVED, REFUND, Event, PostableOrder
from lukou_market.households.models import WHOLE_BP, BenefitLink
from lukou_market.orders.models import Order, OrderEvent, OrderLine

MONEY_KINDS = (PAID, RECEIVED, REFUND)


def load_orders(order_ids: Sequence[int]) -> list[PostableOrder]:
    """These orders with their lines, the parties in force when ordered, and money events."""
    lines: dict[int, list[OrderLine]] = defaultdict(list)
    for line in OrderLine.objects.filter(order__in=order_ids).order_by("id"):
        lines[line.order_id].append(line)
    events: dict[int, list[Event]] = defaultdict(list)
    money_events = OrderEvent.objects.filter(order__in=order_ids, kind__in=MONEY_KINDS)
    for row in money_events.order_by("id"):
        event = Event(row.pk, row.kind, row.amount_fen, row.occurred_at, row.posted)
        events[row.order_id].append(event)
    links = Links({line.producer_id for rows in lines.values() for line in rows})
    orders = Order.objects.filter(pk__in=order_ids).order_by("id")
    return [
        PostableOrder(
            id=pk,
            channel=channel,
            lines=tuple(
                Line(line.pk, line.producer_id, line.total_fen, links.parties(line, placed_at))
                for line in lines[pk]
            ),
            events=tuple(events[pk]),
        )
        for pk, channel, placed_at in orders.values_list("id", "channel", "placed_at")
    ]


class Links:
    """All versions of the links of some producers; answers which were in force when."""

    def __init__(self, producer_ids: Iterable[int]) -> None:
        self._links: dict[int, list[BenefitLink]] = defaultdict(list)
        links = BenefitLink.objects.filter(producer__in=producer_ids)
        for link in links.order_by("producer", "household", "mechanism"):
            self._links[link.producer_id].append(link)
        self._known: dict[frozenset[int], tuple[Party, ...]] = {}

    def parties(self, line: OrderLine, placed_at: datetime) -> tuple[Party, ...]:
        """The producer with what the links leave it, then the linked households."""
        links = [link for link in self._links[line.producer_id] if placed_at in link.in_force]
        key = frozenset(link.pk for link in links)
        if key not in self._known:
            self._known[key] = _parties(links)
        return self._known[key]


def _parties(links: list[BenefitLink]) -> tuple[Party, ...]:
    producer = Party(WHOLE_BP - sum(link.share_bp for link in links))
    return (
        producer,
        *(
            Party(link.share_bp, link.household_id, link.income_kind.value, link.mechanism)
            for link in links
        ),
    )
