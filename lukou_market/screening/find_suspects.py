"""Which sales the rules find, and with which figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection

from lukou_market.screening.models import Rule, ScreeningRule
from lukou_market.screening.month_ends import BURST, LATE_REFUND
from lukou_market.screening.shared_traits import OF_RULE, SHARED, SHARED_ADDRESS
from lukou_market.screening.single_sales import FEW_VIEWERS, NO_SCAN, PRICE, RELATED
from lukou_market.screening.words import FIGURES

_SQL = {
    **dict.fromkeys(OF_RULE, SHARED),
    Rule.SHARED_ADDRESS: SHARED_ADDRESS,
    Rule.RELATED: RELATED,
    Rule.BURST: BURST,
    Rule.LATE_REFUND: LATE_REFUND,
    Rule.NO_SCAN: NO_SCAN,
    Rule.PRICE: PRICE,
    Rule.FEW_VIEWERS: FEW_VIEWERS,
}


@dataclass(frozen=True, slots=True)
class Suspect:
    """An order that a version of a rule finds, with its figures."""

    order: int
    version: ScreeningRule
    figures: dict[str, Any]

    @property
    def rule(self) -> Rule:
        """Whose version it is."""
        return Rule(self.version.rule)


def find_suspects(
    *, order_ids: Sequence[int], versions: dict[Rule, ScreeningRule], now: datetime
) -> Iterator[Suspect]:
    """What these rules find among the orders, and among others that are of one ring with them."""
    for rule, sql in _SQL.items():
        version = versions[rule]
        if not version.parameters or (rule == Rule.NO_SCAN and not settings.CARRIER_API_BASE):
            continue
        for order, *found in _rows(rule, sql, version, order_ids, now):
            figures = dict(zip(FIGURES[rule], found, strict=True))
            yield Suspect(order, version, version.parameters | figures)


def _rows(
    rule: Rule, sql: str, version: ScreeningRule, order_ids: Sequence[int], now: datetime
) -> list[tuple[Any, ...]]:
    asked = {**version.parameters, "orders": list(order_ids), "now": now}
    asked |= {"kind": OF_RULE.get(rule), "at_least": version.parameters.get("orders")}
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return list(cursor.fetchall())
