"""Where each fen of an order goes, or went: the way from a sale to its households."""

from dataclasses import dataclass

from lukou_market.aid.carriers import Carrier, Carriers
from lukou_market.aid.load_orders import load_orders
from lukou_market.aid.parties import Named, Names
from lukou_market.aid.posting_rules import OrderHistory
from lukou_market.aid.rules_in_words import Rule, Rules
from lukou_market.orders.models import Order, OrderLine


@dataclass(frozen=True, slots=True)
class TraceRow:
    """One party's part of an order line, in fen, after refunds.

    `rule` is None for what stays with the producer; `transfers` are those of the book that
    carry the part, a household's together with the parts of the same batch.
    """

    line: int
    party: Named
    mechanism: str
    income_kind: str
    rule: Rule | None
    amount_fen: int
    refunded_fen: int
    transfers: list[Carrier]

    @property
    def kind(self) -> str:
        """What the party is."""
        return self.party.kind

    @property
    def name(self) -> str:
        """The party's name; a person's is masked."""
        return self.party.name

    @property
    def village(self) -> str:
        """Where the party is."""
        return self.party.village


@dataclass(frozen=True, slots=True)
class LineTrace:
    """An order line: its rows and their refunds sum to `total_fen`."""

    id: int
    product: str
    quantity: int
    total_fen: int
    transfers: list[Carrier]
    rows: list[TraceRow]

    @property
    def net_fen(self) -> int:
        """What the parties hold of the line."""
        return sum(row.amount_fen for row in self.rows)

    @property
    def refunded_fen(self) -> int:
        """What of the line went back to the buyer."""
        return sum(row.refunded_fen for row in self.rows)


@dataclass(frozen=True, slots=True)
class OrderTrace:
    """`basis` is planned (not paid), pending (paid), credited (received), or held, when nothing of
    it is in the totals; rows sum to `net_fen`, their refunds to `refunded_fen`."""

    number: str
    basis: str
    total_fen: int
    lines: list[LineTrace]

    @property
    def rows(self) -> list[TraceRow]:
        """The rows of all lines."""
        return [row for line in self.lines for row in line.rows]

    @property
    def refunded_fen(self) -> int:
        """What went back to the buyer."""
        return sum(row.refunded_fen for row in self.rows)

    @property
    def net_fen(self) -> int:
        """What the parties hold."""
        return sum(row.amount_fen for row in self.rows)


def trace_order(*, order: Order) -> OrderTrace:
    """Follow the order's fen by the links in force when it was placed; names are masked."""
    [postable] = load_orders([order.pk])
    history = OrderHistory(postable)
    for event in postable.events:
        history.replay(event)
    basis = "credited" if history.received else "pending" if history.paid else "planned"
    basis = "held" if history.held else basis
    return OrderTrace(order.number, basis, order.total_fen, _lines(order, history))


def _lines(order: Order, history: OrderHistory) -> list[LineTrace]:
    goods = OrderLine.objects.filter(order=order).select_related("sku__product").in_bulk()
    posted = [event.id for event in history.order.events if event.posted]
    carriers = Carriers(posted, history.allocation.stakes)
    rows = _rows(history, carriers)
    return [
        LineTrace(
            id=line.id,
            product=str(goods[line.id].sku),
            quantity=goods[line.id].quantity,
            total_fen=line.total_fen,
            transfers=carriers.of_line(line),
            rows=[row for row in rows if row.line == line.id],
        )
        for line in history.order.lines
    ]


def _rows(history: OrderHistory, carriers: Carriers) -> list[TraceRow]:
    allocation = history.allocation
    producers = {line.producer for line, _ in allocation.stakes}
    households = {party.household for _, party in allocation.stakes if party.household}
    names = Names(producers, households)
    rules = Rules(producers, households, {line.id for line, _ in allocation.stakes})
    stakes = zip(allocation.stakes, allocation.shares_fen, allocation.held_fen, strict=True)
    return [
        TraceRow(
            line=line.id,
            party=names.of(line, party),
            mechanism=party.mechanism,
            income_kind=party.income_kind,
            rule=rules.of(line.id, party),
            amount_fen=held_fen,
            refunded_fen=share_fen - held_fen,
            transfers=carriers.of(line, party),
        )
        for (line, party), share_fen, held_fen in stakes
        if share_fen
    ]
