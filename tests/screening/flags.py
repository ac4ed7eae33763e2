"""Flags raised and decided as if by rules and cadres."""

from datetime import datetime
from itertools import count

from lukou_market.accounts.models import User
from lukou_market.orders.models import Order
from lukou_market.screening.decide_flag import decide_flag
from lukou_market.screening.find_suspects import Suspect
from lukou_market.screening.models import FlagDecision, Rule, SaleFlag
from lukou_market.screening.raise_flags import raise_flags
from lukou_market.screening.rules_in_force import rules_in_force
from tests.factories import NOW, make_region, make_staff

DISTRICT, TOWN = "430212000000", "430212101000"
_next = count(1)


def flag(order: Order, rule: Rule = Rule.SHARED_ADDRESS, *, now: datetime = NOW) -> SaleFlag:
    """The order is one of five of one address."""
    version = rules_in_force(district=DISTRICT, now=now)[rule]
    figures = {"buyers": 5, "orders": 5, "sold": 50, "usual": "1.0"} | version.parameters
    raise_flags(suspects=[Suspect(order.pk, version, figures)], now=now)
    return SaleFlag.objects.get(order=order, rule=rule)


def town_cadre() -> User:
    """A cadre of the town above the villages of tests."""
    return make_staff(f"town{next(_next)}", role="cadre", region=make_region(TOWN))


def clear(flag: SaleFlag, *, by: User | None = None, now: datetime = NOW) -> FlagDecision:
    """The town finds nothing wrong."""
    return decide_flag(
        flag=flag, outcome=FlagDecision.Outcome.CLEARED, reason="核实为单位食堂统一收货",
        by=by or town_cadre(), now=now,
    )  # fmt: skip
