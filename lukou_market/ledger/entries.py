"""What a caller hands to the book. Tuples, because a batch has tens of thousands of them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple


class Place(NamedTuple):
    """An account by name; it is opened when first used."""

    kind: str
    owner: int = 0
    part: str = ""


class Source(NamedTuple):
    """What caused a transfer; `leg` tells apart the transfers of one cause."""

    kind: str
    id: int
    leg: str


class Entry(NamedTuple):
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


class NewJournal(NamedTuple):
    """Entries to be posted together: the first day of their month, and a label."""

    month: date
    label: str
    entries: Sequence[Entry]
