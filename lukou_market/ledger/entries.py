"""What a caller hands to the book."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Place:
    """An account by name; it is opened when first used."""

    kind: str
    owner: int = 0
    part: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What caused a transfer; `leg` tells apart the transfers of one cause."""

    kind: str
    id: int
    leg: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One transfer to be: `amount_fen` (> 0) debited to `debit` and credited to `credit`.

    `reverses` is the source of the transfer this one takes back, if it takes one back.
    """

    debit: Place
    credit: Place
    amount_fen: int
    code: str
    source: Source
    effective_at: datetime
    reverses: Source | None = None
