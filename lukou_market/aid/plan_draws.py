"""Which lines draw what on which farmers' supplies. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Need:
    """What a line would draw on the lots of its product."""

    order: int
    line: int
    product: int
    weight_g: int


@dataclass(slots=True)
class Supply:
    """What is left of what a farmer of this household brought."""

    id: int
    household: int
    left_g: int


@dataclass(frozen=True, slots=True)
class Draw:
    """A line's part of a supply."""

    line: int
    supply: int
    household: int
    weight_g: int


@dataclass(slots=True)
class Plan:
    """The draws of the orders whose lots suffice; one unmet need of each order that waits."""

    draws: list[Draw] = field(default_factory=list)
    waiting: list[Need] = field(default_factory=list)


def plan_draws(needs: Sequence[Need], supplies: Mapping[int, list[Supply]]) -> Plan:
    """Serve the orders in the given order from each product's supplies, first picked first.

    `needs` of an order stand together. An order draws for all of its lines or waits; one that
    waits leaves what there is to the next. Takes from `supplies` what it plans.
    """
    plan = Plan()
    for _, group in groupby(needs, key=lambda need: need.order):
        order = list(group)
        if short := _short(order, supplies):
            plan.waiting.append(short)
        else:
            plan.draws += [draw for need in order for draw in _take(need, supplies[need.product])]
    return plan


def _short(needs: Sequence[Need], supplies: Mapping[int, list[Supply]]) -> Need | None:
    """All the order needs of the first product whose supplies don't suffice."""
    for first in needs:
        needed_g = sum(need.weight_g for need in needs if need.product == first.product)
        if needed_g > sum(supply.left_g for supply in supplies.get(first.product, [])):
            return Need(first.order, first.line, first.product, needed_g)
    return None


def _take(need: Need, supplies: list[Supply]) -> list[Draw]:
    draws, wanted_g = [], need.weight_g
    while wanted_g:
        supply = supplies[0]
        weight_g = min(wanted_g, supply.left_g)
        draws.append(Draw(need.line, supply.id, supply.household, weight_g))
        wanted_g -= weight_g
        supply.left_g -= weight_g
        if not supply.left_g:
            supplies.pop(0)
    return draws
