"""What was agreed about a producer's sales, and how one sale falls to its parties by it. Pure.

Claims on a sale, in this order:
1. the platform's share, in bp of the sale;
2. fixed claims: the purchase price of the weight drawn on lots, and piece rates. Where they
   exceed what is there, they are scaled down: the rest is the producer's debt, not sale money;
3. shares in bp of what is left; a pool's share is split once more, to its groups and households.
What nobody claims stays with the producer. Every split is by largest remainder, so the parts
sum to the sale; the odd fen starts at another party on each line, so nobody is always first.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lukou_market.kernel.money import split_by_weights

PRODUCER, HOUSEHOLD, COLLECTIVE, PLATFORM = "producer", "household", "collective", "platform"
_WHOLE_BP = 10_000
_KG = 1000


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody with a part of a sale: who (`kind`, `owner`), and by which version of which rule.

    `owner` is a household's id, a collective's village, or 0; `link` a benefit link's id, or 0.
    """

    kind: str
    owner: int = 0
    income_kind: str = ""
    mechanism: str = ""
    link: int = 0

    @property
    def household(self) -> int | None:
        """The household, if it is one."""
        return self.owner if self.kind == HOUSEHOLD else None


THE_PRODUCER = Party(PRODUCER)


@dataclass(frozen=True, slots=True)
class Group:
    """Parties that share `part_bp` of a pool by their weights."""

    part_bp: int
    members: tuple[Party, ...]
    weights: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Slice:
    """`share_bp` of what fixed claims leave, for one party or for the groups of a pool."""

    share_bp: int
    groups: tuple[Group, ...]

    @classmethod
    def of_one(cls, share_bp: int, party: Party) -> "Slice":
        """The share of a single party."""
        return cls(share_bp, (Group(_WHOLE_BP, (party,), (1,)),))

    @property
    def is_of_one(self) -> bool:
        """Whether all of it is a single party's."""
        return len(self.groups) == 1 and len(self.groups[0].members) == 1

    def split(self, amount_fen: int, turn: int) -> list[int]:
        """The parts of all members, group by group; they sum to the amount."""
        parts = _split(amount_fen, [group.part_bp for group in self.groups], turn)
        return [
            fen
            for group, part_fen in zip(self.groups, parts, strict=True)
            for fen in _split(part_fen, group.weights, turn)
        ]


@dataclass(frozen=True, slots=True)
class Purchase:
    """A price per kg for the households that brought what a line draws on."""

    rate_fen_per_kg: int
    link: int = 0

    def claim_fen(self, weight_g: int) -> int:
        """What that weight costs, to the nearest fen."""
        return (weight_g * self.rate_fen_per_kg + _KG // 2) // _KG


@dataclass(frozen=True, slots=True)
class PieceRate:
    """A wage for each unit sold."""

    rate_fen_per_unit: int
    party: Party


@dataclass(slots=True, eq=False)
class Terms:
    """All rules in force for a producer at one time; made once and used for all its lines.

    `parties` are those it names, in the order of `split`; the households of a purchase, which
    each line names by what it draws, follow them.
    """

    platform_bp: int = 0
    platform_link: int = 0
    purchase: Purchase | None = None
    piece_rates: tuple[PieceRate, ...] = ()
    slices: tuple[Slice, ...] = ()
    parties: tuple[Party, ...] = field(init=False)
    _weights_bp: tuple[int, ...] = field(init=False)
    _no_pools: bool = field(init=False)

    def __post_init__(self) -> None:
        shares_bp = [slice_.share_bp for slice_ in self.slices]
        self._weights_bp = (_WHOLE_BP - sum(shares_bp), *shares_bp)
        self._no_pools = all(slice_.is_of_one for slice_ in self.slices)
        sharers = [
            member for slice_ in self.slices for group in slice_.groups for member in group.members
        ]
        workers = [rate.party for rate in self.piece_rates]
        platform = Party(PLATFORM, mechanism="platform", link=self.platform_link)
        self.parties = (
            THE_PRODUCER, *sharers, *workers, *((platform,) if self.platform_bp else ())
        )  # fmt: skip

    def split(
        self, total_fen: int, *, quantity: int, drawn_g: Sequence[int], turn: int
    ) -> list[int]:
        """The parts of `parties`, then of those who brought `drawn_g`; they sum to the total."""
        platform_fen, rest_fen = self._platform(total_fen, turn)
        *wages, bought_fen = self._fixed(rest_fen, quantity, sum(drawn_g), turn)
        left_fen = rest_fen - sum(wages) - bought_fen
        kept_fen, *shares = _split(left_fen, self._weights_bp, turn)
        parts = [kept_fen]
        if self._no_pools:
            parts += shares
        else:
            for slice_, fen in zip(self.slices, shares, strict=True):
                parts += slice_.split(fen, turn)
        parts += wages
        if self.platform_bp:
            parts.append(platform_fen)
        return parts + _split(bought_fen, drawn_g, turn)

    def owed_fen(self, total_fen: int, *, quantity: int, drawn_g: int) -> int:
        """What a sale of `total_fen` can't pay of the fixed claims on it."""
        _, rest_fen = self._platform(total_fen, 0)
        return max(sum(self._claims(quantity, drawn_g)) - rest_fen, 0)

    def _platform(self, total_fen: int, turn: int) -> tuple[int, int]:
        """The platform's share, and the rest."""
        if not self.platform_bp:
            return 0, total_fen
        taken, rest = _split(total_fen, (self.platform_bp, _WHOLE_BP - self.platform_bp), turn)
        return taken, rest

    def _claims(self, quantity: int, drawn_g: int) -> list[int]:
        """The fixed claims: piece rates and, last, the purchase."""
        bought_fen = self.purchase.claim_fen(drawn_g) if self.purchase else 0
        return [*(rate.rate_fen_per_unit * quantity for rate in self.piece_rates), bought_fen]

    def _fixed(self, rest_fen: int, quantity: int, drawn_g: int, turn: int) -> list[int]:
        """What the fixed claims get of `rest_fen`."""
        claims = self._claims(quantity, drawn_g)
        return claims if sum(claims) <= rest_fen else _split(rest_fen, claims, turn)


def _split(amount_fen: int, weights: Sequence[int], turn: int) -> list[int]:
    if len(weights) == 1:
        return [amount_fen]
    return split_by_weights(amount_fen, weights, first=turn % len(weights)) if weights else []
