"""From what happened to an order to what stands in the book. Pure.

paid      unapplied → producer_pending, line by line; households expect their shares
received  producer_pending → producer (what it keeps) and producer_pool (the others' part,
          which is shared out at once: producer_pool → household, collective, platform)
refund    the same places in reverse, to stripe_clearing, or to bank if it left by bank transfer;
          `reverses` names the sale's transfer
shipping  is nobody's part of the sale: unapplied → shipping when paid, back when refunded
direct    what a producer sold and was paid for itself: `direct` stands where money comes in and
          goes back, and a party's part on its account of direct sales, which the shop owes
          nobody
discount  what somebody else pays of the goods: voucher → unapplied when paid, and back, out of
          what the refund has brought there

Lines are posted one by one. The others get one transfer for a whole batch of orders, so the
book grows with sales plus households and not with their product; a line's exact part of it
is told by `Allocation`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from operator import add
from typing import NamedTuple

from lukou_market.aid.allocation import Allocation, Line
from lukou_market.aid.terms import COLLECTIVE, HOUSEHOLD, PLATFORM, PRODUCER, Party, Terms
from lukou_market.ledger.entries import Entry, Place, Source

CLEARING = Place("stripe_clearing")
BANK = Place("bank")
UNAPPLIED = Place("unapplied")
EXPECTED = Place("expected")
DIRECT = Place("direct")
SHIPPING = Place("shipping")

PAID, RECEIVED, REFUND = "paid", "received", "refund"
HOUSEHOLD_KINDS = ("household", "household_direct", "household_expected")
SHARE_CODES = ("share_expected", "share_released", "share_credited", "share_reversed")


class Event(NamedTuple):
    """Something that happened to an order and moves money: PAID, RECEIVED or REFUND.

    `goods_fen` is a refund's; shipping and discount are what was charged and granted by a
    payment, and what of them a refund takes back; `voucher` granted the discount.
    """

    id: int
    kind: str
    goods_fen: int
    shipping_fen: int
    discount_fen: int
    voucher: int
    by_transfer: bool
    occurred_at: datetime
    posted: bool

    @property
    def gone_from(self) -> Place:
        """The account a refund has left."""
        return BANK if self.by_transfer else CLEARING


class PostableOrder(NamedTuple):
    """An order as the rules see it: its lines and all its money events, oldest first."""

    id: int
    channel: str
    lines: tuple[Line, ...]
    events: tuple[Event, ...]
    direct: bool = False

    @property
    def paid_from(self) -> Place:
        """Where a payment for its goods is."""
        return DIRECT if self.direct else UNAPPLIED

    def gone_to(self, refund: Event) -> Place:
        """The account that a refund has left by."""
        return DIRECT if self.direct else refund.gone_from


class Share(NamedTuple):
    """Whose account a party's part goes to, and why. `kind` is the party's, and its account's."""

    code: str
    producer: int
    kind: str
    owner: int
    income_kind: str
    direct: bool = False

    @property
    def places(self) -> tuple[Place, Place]:
        """The accounts to debit and to credit."""
        what = self.code.rpartition("_")[2]
        if what in ("expected", "released"):
            expected = Place("household_expected", self.owner, self.income_kind)
            return (EXPECTED, expected) if what == "expected" else (expected, EXPECTED)
        kind = f"{self.kind}_direct" if self.direct else self.kind
        credited, pool = Place(kind, self.owner, self.income_kind), _pool(self.producer)
        return (pool, credited) if what == "credited" else (credited, pool)

    @property
    def leg(self) -> str:
        """What tells its transfer from the others of its batch."""
        return share_leg(self.code, self.producer, self.owner, self.income_kind)


# Only households expect; what a collective and the platform get is theirs, not aid.
CODES_OF: dict[str, dict[str, str]] = {
    PRODUCER: {},
    HOUSEHOLD: {
        "expected": "share_expected", "released": "share_released",
        "credited": "share_credited", "reversed": "share_reversed",
    },
    COLLECTIVE: {"credited": "collective_credited", "reversed": "collective_reversed"},
    PLATFORM: {"credited": "platform_credited", "reversed": "platform_reversed"},
}  # fmt: skip


@dataclass(slots=True)
class Batch:
    """What a set of events adds to the book: entries by line, and sums by party.

    The events are of direct sales, or none is.

    Lines with the same terms have the same parties: their parts are added up side by side, and
    looked at party by party only once.
    """

    direct: bool = False
    entries: list[Entry] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    _of_terms: dict[tuple[str, int, Terms], list[int]] = field(default_factory=dict)
    _of_sellers: dict[tuple[str, int, Party], int] = field(default_factory=dict)

    def share(self, what: str, line: Line, parts: Sequence[int]) -> None:
        """Add what is expected, released, credited or reversed of a line, in its parties' order."""
        key, named = (what, line.producer, line.terms), len(line.terms.parties)
        sums = self._of_terms.get(key)
        # map() ends with the shorter: where the terms' parties end.
        self._of_terms[key] = list(map(add, sums, parts)) if sums else list(parts[:named])
        if line.drawn_g:
            for party, fen in zip(line.sellers, parts[named:], strict=True):
                of_one = (what, line.producer, party)
                self._of_sellers[of_one] = self._of_sellers.get(of_one, 0) + fen

    @property
    def shares(self) -> Counter[Share]:
        """The sums by party."""
        shares: Counter[Share] = Counter()
        for (what, producer, terms), parts in self._of_terms.items():
            for party, fen in zip(terms.parties, parts, strict=True):
                _add(shares, what, producer, party, fen, self.direct)
        for (what, producer, party), fen in self._of_sellers.items():
            _add(shares, what, producer, party, fen, self.direct)
        return shares

    def all_entries(self) -> list[Entry]:
        """The lines' entries, then one for each party, kind of income and code."""
        first = min(event.id for event in self.events)
        last_at = max(event.occurred_at for event in self.events)
        return self.entries + [
            Entry(*share.places, fen, share.code, Source("events", first, share.leg), last_at)
            for share, fen in sorted(self.shares.items())
        ]


def _add(
    shares: Counter[Share], what: str, producer: int, party: Party, fen: int, direct: bool
) -> None:
    code = CODES_OF[party.kind].get(what)
    if code and fen:
        shares[Share(code, producer, party.kind, party.owner, party.income_kind, direct)] += fen


def share_leg(code: str, producer: int, owner: int, income_kind: str) -> str:
    """What tells a party's transfer from the others of its batch."""
    return f"{code}:{producer}:{owner}:{income_kind}"


def producer_of(leg: str) -> int:
    """The producer whose sales a party's transfer with this leg comes from."""
    return int(leg.split(":")[1])


@dataclass(slots=True)
class OrderHistory:
    """Replays an order's events, oldest first, writing each into the batch it is given."""

    order: PostableOrder
    allocation: Allocation = field(init=False)
    paid: Event | None = None
    received: Event | None = None

    def __post_init__(self) -> None:
        self.allocation = Allocation(self.order.lines)

    def replay(self, event: Event, batch: Batch | None = None) -> None:
        """Apply `event` and add what it posts to `batch`, if there is one."""
        if batch:
            batch.events.append(event)
        if event.kind == PAID:
            self._pay(event, batch)
        elif event.kind == RECEIVED:
            self._receive(event, batch)
        elif self.received is None:
            self._refund_pending(event, batch)
        else:
            self._refund_received(event, self.received, batch)

    def _pay(self, event: Event, batch: Batch | None) -> None:
        self.paid = event
        if not batch:
            return
        paid_from = self.order.paid_from
        for line in self.order.lines:
            pending = _pending(line.producer)
            _post(batch, paid_from, pending, line.total_fen, "sale_paid", event, line)
        _charge(batch, UNAPPLIED, SHIPPING, event.shipping_fen, "shipping_charged", event)
        _charge(batch, _voucher(event), UNAPPLIED, event.discount_fen, "discount_granted", event)
        self._share(batch, "expected", self.allocation.shares_fen)

    def _receive(self, event: Event, batch: Batch | None) -> None:
        self.received = event
        if not batch:
            return
        held = self.allocation.held_fen
        for line, kept, pooled in self._by_line(held):
            pending, keeps = _pending(line.producer), _keeps(line.producer, self.order.direct)
            _post(batch, pending, keeps, kept, "sale_retained", event, line)
            _post(batch, pending, _pool(line.producer), pooled, "sale_pooled", event, line)
        self._share(batch, "released", held)
        self._share(batch, "credited", held)

    def _refund_pending(self, event: Event, batch: Batch | None) -> None:
        parts = self.allocation.refund(event.goods_fen)
        if not batch:
            return
        self._uncharge(event, batch)
        for line, kept, pooled in self._by_line(parts):
            pending = _pending(line.producer)
            back = _source(self.paid, "sale_paid", line)
            amount_fen = kept + pooled
            gone_from = self.order.gone_to(event)
            _post(batch, pending, gone_from, amount_fen, "refund_pending", event, line, back)
        self._share(batch, "released", parts)

    def _refund_received(self, event: Event, sale: Event, batch: Batch | None) -> None:
        parts = self.allocation.refund(event.goods_fen)
        if not batch:
            return
        self._uncharge(event, batch)
        for line, kept, pooled in self._by_line(parts):
            back = _source(sale, "sale_retained", line)
            keeps, pool = _keeps(line.producer, self.order.direct), _pool(line.producer)
            gone_from = self.order.gone_to(event)
            _post(batch, keeps, gone_from, kept, "refund_retained", event, line, back)
            back = _source(sale, "sale_pooled", line)
            _post(batch, pool, gone_from, pooled, "refund_pooled", event, line, back)
        self._share(batch, "reversed", parts)

    def _uncharge(self, event: Event, batch: Batch) -> None:
        """A refund's part of the shipping, and the discount it gives back."""
        shipping, discount = event.shipping_fen, event.discount_fen
        back = _charged(self.paid, "shipping_charged")
        _charge(batch, SHIPPING, event.gone_from, shipping, "shipping_returned", event, back)
        back = _charged(self.paid, "discount_granted")
        voucher = _voucher(event)
        _charge(batch, event.gone_from, voucher, discount, "discount_returned", event, back)

    def _by_line(self, amounts: Sequence[int]) -> Iterator[tuple[Line, int, int]]:
        """For each line: what the producer itself and what the others have in `amounts`."""
        for line, parts in self._parts(amounts):
            yield line, parts[0], sum(parts) - parts[0]

    def _share(self, batch: Batch, what: str, amounts: Sequence[int]) -> None:
        for line, parts in self._parts(amounts):
            batch.share(what, line, parts)

    def _parts(self, amounts: Sequence[int]) -> Iterator[tuple[Line, Sequence[int]]]:
        """`amounts`, one for each stake, line by line."""
        if len(self.order.lines) == 1:
            yield self.order.lines[0], amounts
            return
        start = 0
        for line in self.order.lines:
            end = start + len(line.terms.parties) + len(line.drawn_g)
            yield line, amounts[start:end]
            start = end


# Remembered: each line of a producer asks for its accounts.
@lru_cache(maxsize=1024)
def _pending(producer: int) -> Place:
    return Place("producer_pending", producer)


@lru_cache(maxsize=1024)
def _keeps(producer: int, direct: bool) -> Place:
    return Place("producer_direct" if direct else "producer", producer)


@lru_cache(maxsize=1024)
def _pool(producer: int) -> Place:
    return Place("producer_pool", producer)


def _source(event: Event | None, code: str, line: Line) -> Source:
    if event is None:
        raise ValueError("an order is refunded only after it was paid")
    return Source("order_event", event.id, f"{code}:{line.id}")


def _voucher(event: Event) -> Place:
    return Place("voucher", event.voucher)


def _charged(event: Event | None, code: str) -> Source:
    if event is None:
        raise ValueError("an order is refunded only after it was paid")
    return Source("order_event", event.id, code)


def _charge(
    batch: Batch,
    debit: Place,
    credit: Place,
    amount_fen: int,
    code: str,
    event: Event,
    reverses: Source | None = None,
) -> None:
    if amount_fen:
        source, at = _charged(event, code), event.occurred_at
        batch.entries.append(Entry(debit, credit, amount_fen, code, source, at, reverses))


def _post(
    batch: Batch,
    debit: Place,
    credit: Place,
    amount_fen: int,
    code: str,
    event: Event,
    line: Line,
    reverses: Source | None = None,
) -> None:
    if amount_fen:
        source, at = _source(event, code, line), event.occurred_at
        batch.entries.append(Entry(debit, credit, amount_fen, code, source, at, reverses))
