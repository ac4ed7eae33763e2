"""The benefit linkage, in numbers: how an order's fen fall to its households. Pure.

Everything here follows from the order's lines, the rules in force when it was placed, the lots
it drew on, and its refunds in the order they happened; so book, trace and audit all agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lukou_market.aid.terms import HOUSEHOLD, Party, Terms
from lukou_market.households.models import IncomeKind, Mechanism
from lukou_market.kernel.money import split_by_weights


class Line(NamedTuple):
    """An order line, the terms in force when it was ordered, and what it draws on lots.

    `drawn_g` are (household, grams); one household appears once.
    """

    id: int
    producer: int
    total_fen: int
    quantity: int
    terms: Terms
    drawn_g: tuple[tuple[int, int], ...] = ()

    @property
    def parties(self) -> tuple[Party, ...]:
        """All who share the line's amount, in the order of `split`: the producer first."""
        return (*self.terms.parties, *self.sellers)

    @property
    def sellers(self) -> tuple[Party, ...]:
        """The households it bought from: the last of its parties."""
        link = self.terms.purchase.link if self.terms.purchase else 0
        return tuple(
            Party(HOUSEHOLD, household, IncomeKind.BUSINESS.value, Mechanism.PURCHASE.value, link)
            for household, _ in self.drawn_g
        )

    def split(self) -> list[int]:
        """Each party's part of the line; they sum to the total."""
        drawn_g = [weight_g for _, weight_g in self.drawn_g]
        return self.terms.split(
            self.total_fen, quantity=self.quantity, drawn_g=drawn_g, turn=self.id
        )


@dataclass(slots=True)
class Allocation:
    """What each party holds of an order, line by line, as refunds take from it.

    A refund takes from all parties in proportion to what they hold, so that a whole refund
    leaves every one of them at zero and none ever gives back more than it got.
    """

    lines: Sequence[Line]
    shares_fen: list[int] = field(init=False)
    held_fen: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.shares_fen = [part for line in self.lines for part in line.split()]
        self.held_fen = list(self.shares_fen)

    @property
    def stakes(self) -> list[tuple[Line, Party]]:
        """Whose the shares are, in their order."""
        return [(line, party) for line in self.lines for party in line.parties]

    def refund(self, amount_fen: int) -> list[int]:
        """Take `amount_fen` back; return what each stake gives up.

        Raises ValueError when more is refunded than is held.
        """
        if amount_fen > sum(self.held_fen):
            raise ValueError("a refund can't exceed what is left of the order")
        parts = split_by_weights(amount_fen, self.held_fen)
        self.held_fen = [held - part for held, part in zip(self.held_fen, parts, strict=True)]
        return parts
