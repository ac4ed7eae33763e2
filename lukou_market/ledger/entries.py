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
class Entry:
    """One transfer to be: `amount_fen` (> 0) debited to `debit` and credited to `credit`.

    (`source_kind`, `source_id`, `leg`) names its cause; `leg` tells apart the transfers of
    one cause. `reverses` is the id of the transfer this one takes back, if it does.
    """

    debit: Place
    credit: Place
    amount_fen: int
    code: str
    source_kind: str
    source_id: int
    leg: str
    effective_at: datetime
    reverses: int | None = None
