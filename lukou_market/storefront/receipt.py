"""What a receipt says: what was bought, and where each fen of it went. Nobody's personal data.

Households appear by the masked names of their heads, the buyer not at all.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lukou_market.aid.order_money import OrderMoney, money_of
from lukou_market.aid.parties import masked_heads
from lukou_market.aid.terms import COLLECTIVE, HOUSEHOLD, PLATFORM
from lukou_market.aid.trace import OrderTrace, TraceRow, trace_order
from lukou_market.households.models import Mechanism, Producer
from lukou_market.kernel.money import yuan
from lukou_market.orders.models import Order, OrderLine


@dataclass(frozen=True, slots=True)
class Goods:
    """One product of the order; `producer` is masked where it is a household."""

    name: str
    weight_g: int
    village: str
    producer: str


@dataclass(frozen=True, slots=True)
class Part:
    """What went to some parties together, and by which mechanisms."""

    amount_fen: int
    to_whom: str
    how: str = ""

    def __str__(self) -> str:
        return _("¥%(yuan)s %(to_whom)s") % {
            "yuan": yuan(self.amount_fen),
            "to_whom": self.to_whom,
        }


@dataclass(frozen=True, slots=True)
class Receipt:
    """`parts` sum to `money.total_fen`, what was paid; `paid_at` is shown as a day only."""

    paid_at: datetime
    goods: list[Goods]
    trace: OrderTrace
    money: OrderMoney
    parts: list[Part]
    rows: list["Row"]


@dataclass(frozen=True, slots=True)
class Row:
    """One party's part of one product."""

    village: str
    name: str
    how: str
    amount_fen: int


def receipt_of(order: Order) -> Receipt:
    """The receipt of a paid order as things stand now: refunds are in it."""
    lines = order.lines.select_related("sku__product", "producer__village").order_by("id")
    shown = _shown_names(line.producer for line in lines)
    trace, money = trace_order(order=order), money_of(order)
    assert order.paid_at  # noqa: S101  # only paid orders have links
    return Receipt(
        paid_at=order.paid_at,
        goods=[_goods(line, shown) for line in lines],
        trace=trace,
        money=money,
        parts=_parts(trace, shown) + _charges(money),
        rows=[_row(row, shown) for row in trace.rows if row.amount_fen],
    )


def _shown_names(producers: Iterable[Producer]) -> dict[str, str]:
    """By the producers' names; a household that sells is a person like any other."""
    found = list(producers)
    heads = masked_heads(producer.household_id for producer in found if producer.household_id)
    return {
        producer.name: heads.get(producer.household_id, "*")
        if producer.household_id
        else producer.name
        for producer in found
    }


def _goods(line: OrderLine, shown: dict[str, str]) -> Goods:
    return Goods(str(line), line.weight_g, line.producer.village.name, shown[line.producer.name])


def _row(row: TraceRow, shown: dict[str, str]) -> Row:
    how = str(Mechanism(row.mechanism).label) if row.mechanism else _("Producer's part")
    return Row(row.village, shown.get(row.name, row.name), how, row.amount_fen)


def _parts(trace: OrderTrace, shown: dict[str, str]) -> list[Part]:
    """Households first, each village for itself; then who else has a part."""
    groups: dict[tuple[int, str, str], list[TraceRow]] = defaultdict(list)
    for row in trace.rows:
        if row.amount_fen:
            groups[_group(row)].append(row)
    return [_part(groups[key], shown) for key in sorted(groups)]


def _charges(money: OrderMoney) -> list[Part]:
    """What is kept for shipping, and what came back, to whom it came from."""
    back_to_issuer = _("back to %(issuer)s, for the voucher") % {"issuer": money.issuer}
    parts = [
        Part(money.shipping_kept_fen, _("for shipping")),
        Part(money.back_to_buyer_fen, _("back to the buyer")),
        Part(money.back_to_issuer_fen, back_to_issuer),
    ]
    return [part for part in parts if part.amount_fen]


def _group(row: TraceRow) -> tuple[int, str, str]:
    turn = {HOUSEHOLD: 0, COLLECTIVE: 1, PLATFORM: 3}.get(row.kind, 2)
    return turn, row.party.village_code, "" if turn == 0 else row.name


def _part(rows: list[TraceRow], shown: dict[str, str]) -> Part:
    amount_fen = sum(row.amount_fen for row in rows)
    mechanisms = sorted({row.mechanism for row in rows if row.mechanism})
    how = ", ".join(str(Mechanism(code).label) for code in mechanisms)
    return Part(amount_fen, _to_whom(rows, shown), how)


def _to_whom(rows: list[TraceRow], shown: dict[str, str]) -> str:
    first = rows[0]
    if first.kind == HOUSEHOLD:
        count = len({row.party.household_id for row in rows})
        words = ngettext(
            "to %(count)d household in %(village)s",
            "to %(count)d households in %(village)s",
            count,
        )
        return words % {"count": count, "village": first.village}
    if first.kind == COLLECTIVE:
        return _("to the village collective of %(village)s") % {"village": first.village}
    if first.kind == PLATFORM:
        return _("to the platform")
    return _("to %(producer)s") % {"producer": shown.get(first.name, first.name)}
