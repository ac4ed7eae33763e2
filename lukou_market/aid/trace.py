"""Where each fen of an order goes, or went: the way from a sale to its households."""

from collections.abc import Iterator
from dataclasses import dataclass

from lukou_market.aid.load_orders import load_orders
from lukou_market.aid.posting_rules import Batch, OrderHistory
from lukou_market.households.models import Household, HouseholdMember, Producer, Relation
from lukou_market.kernel.masking import mask_name
from lukou_market.orders.models import Order


@dataclass(frozen=True, slots=True)
class TraceRow:
    """One party's part of the order, in fen, after refunds."""

    kind: str
    name: str
    village: str
    mechanism: str
    income_kind: str
    amount_fen: int
    refunded_fen: int


@dataclass(frozen=True, slots=True)
class OrderTrace:
    """`basis` is planned (not paid), pending (paid) or credited (received); rows sum to
    `net_fen`, their refunds to `refunded_fen`."""

    number: str
    basis: str
    total_fen: int
    refunded_fen: int
    net_fen: int
    rows: list[TraceRow]


def trace_order(*, order: Order) -> OrderTrace:
    """Follow the order's fen by the links in force when it was placed; names are masked."""
    [postable] = load_orders([order.pk])
    history = OrderHistory(postable)
    for event in postable.events:
        history.replay(event, Batch())
    basis = "credited" if history.received else "pending" if history.paid else "planned"
    rows = list(_rows(history))
    return OrderTrace(
        number=order.number,
        basis=basis,
        total_fen=order.total_fen,
        refunded_fen=sum(row.refunded_fen for row in rows),
        net_fen=sum(row.amount_fen for row in rows),
        rows=rows,
    )


def _rows(history: OrderHistory) -> Iterator[TraceRow]:
    allocation = history.allocation
    producers = Producer.objects.select_related("village").in_bulk(
        {line.producer for line, _ in allocation.stakes}
    )
    household_ids = {party.household for _, party in allocation.stakes if party.household}
    villages = dict(
        Household.objects.filter(pk__in=household_ids).values_list("pk", "village__name")
    )
    heads = _heads(household_ids)
    stakes = zip(allocation.stakes, allocation.shares_fen, allocation.held_fen, strict=True)
    for (line, party), share_fen, held_fen in stakes:
        producer = producers[line.producer]
        if party.household is None:
            kind, name, village = "producer", producer.name, producer.village.name
        else:
            kind, name = "household", heads.get(party.household, "*")
            village = villages[party.household]
        if share_fen:
            yield TraceRow(
                kind, name, village, party.mechanism, party.income_kind,
                held_fen, share_fen - held_fen,
            )  # fmt: skip


def _heads(household_ids: set[int]) -> dict[int, str]:
    heads = HouseholdMember.objects.filter(household__in=household_ids, relation=Relation.HEAD)
    return {member.household_id: mask_name(member.name) for member in heads}
