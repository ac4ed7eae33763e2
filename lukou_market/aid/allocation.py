"""The benefit linkage, in numbers: how an order's fen fall to its households. Pure.

Everything here follows from the order's lines, the links in force when it was placed, and
its refunds in the order they happened; so the book, the trace and the audit all agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lukou_market.kernel.money import split_by_weights


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody with a share of a producer's sales; `household` None is the producer itself."""

    weight_bp: int
    household: int | None = None
    income_kind: str = ""
    mechanism: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An order line and the parties that share its amount; their weights sum to 10,000 bp."""

    id: int
    producer: int
    total_fen: int
    parties: tuple[Party, ...]

    def split(self) -> list[int]:
        """Each party's part of the line, by largest remainder: they sum to the total.

        The odd fen starts at another party on each line, so that nobody is always first.
        """
        weights = [party.weight_bp for party in self.parties]
        return split_by_weights(self.total_fen, weights, first=self.id % len(weights))


@dataclass(slots=True)
class Allocation:
    """What each party holds of an order, line by line, as refunds take from it.

    A refund takes from all parties in proportion to what they hold, so that a whole refund
    leaves every one of them at zero and none ever gives back more than it got.
    """

    lines: Sequence[Line]
    stakes: list[tuple[Line, Party]] = field(init=False)
    shares_fen: list[int] = field(init=False)
    held_fen: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.stakes = [(line, party) for line in self.lines for party in line.parties]
        self.shares_fen = [part for line in self.lines for part in line.split()]
        self.held_fen = list(self.shares_fen)

    def refund(self, amount_fen: int) -> list[int]:
        """Take `amount_fen` back; return what each stake gives up.

        Raises ValueError when more is refunded than is held.
        """
        if amount_fen > sum(self.held_fen):
            raise ValueError("a refund can't exceed what is left of the order")
        parts = split_by_weights(amount_fen, self.held_fen)
        self.held_fen = [held - part for held, part in zip(self.held_fen, parts, strict=True)]
        return parts
