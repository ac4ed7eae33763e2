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
held      all that the order's events moved of the sale goes back the way it came, to the end
          at producer_held, event by event and in each event's month; what happens until the
          release moves nothing but a refund, producer_held → stripe_clearing (or bank)
released  all that has happened to the sale is moved again, out of producer_held

Lines are posted one by one. The others get one transfer for a whole batch of orders, so the
book grows with sales plus households and not with their product; a line's exact part of it
is told by `Allocation`.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
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
HELD, RELEASED = "held", "released"
TAKEN_OUT = "held_"
"""What the code of a transfer begins with that takes one of a held sale back."""
FREED = "sale_freed"
"""A payment's code when its sale is released; the others are what they were."""
_SHARED = ("share_expected", "share_released", "share_credited", "share_reversed")
SHARE_CODES = (*_SHARED, *(TAKEN_OUT + code for code in _SHARED))


class Event(NamedTuple):
    """Something that happened to an order and moves money, or holds or releases it.

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


class Step(NamedTuple):
    """A payment, receipt or refund, and what it moves for each stake of the order.

    `sale` is the receipt before it, if there was one.
    """

    event: Event
    amounts: Sequence[int]
    sale: Event | None

    @property
    def what(self) -> tuple[str, ...]:
        """What happens to the parties' parts."""
        if self.event.kind == PAID:
            return ("expected",)
        if self.event.kind == RECEIVED:
            return ("released", "credited")
        return ("reversed",) if self.sale else ("released",)


class Share(NamedTuple):
    """Whose account a party's part goes to, and why. `kind` is the party's, and its account's."""

    code: str
    producer: int
    kind: str
    owner: int
    income_kind: str
    sign: int
    direct: bool = False

    @property
    def places(self) -> tuple[Place, Place]:
        """The accounts to debit and to credit."""
        debit, credit = self._places
        return (debit, credit) if self.sign > 0 else (credit, debit)

    @property
    def _places(self) -> tuple[Place, Place]:
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
    looked at party by party only once. A hold reaches several months, so `month` tells its
    batches apart.
    """

    direct: bool = False
    month: date | None = None
    entries: list[Entry] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    _of_terms: dict[tuple[str, int, int, Terms], list[int]] = field(default_factory=dict)
    _of_sellers: dict[tuple[str, int, int, Party], int] = field(default_factory=dict)

    def share(self, what: str, sign: int, line: Line, parts: Sequence[int]) -> None:
        """Add what is expected, released, credited or reversed of a line, in its parties' order;
        with `sign` -1, what of that is taken out again."""
        key, named = (what, sign, line.producer, line.terms), len(line.terms.parties)
        sums = self._of_terms.get(key)
        # map() ends with the shorter: where the terms' parties end.
        self._of_terms[key] = list(map(add, sums, parts)) if sums else list(parts[:named])
        if line.drawn_g:
            for party, fen in zip(line.sellers, parts[named:], strict=True):
                of_one = (what, sign, line.producer, party)
                self._of_sellers[of_one] = self._of_sellers.get(of_one, 0) + fen

    @property
    def shares(self) -> Counter[Share]:
        """The sums by party."""
        shares: Counter[Share] = Counter()
        for (what, sign, producer, terms), parts in self._of_terms.items():
            for party, fen in zip(terms.parties, parts, strict=True):
                _add(shares, what, sign, producer, party, fen, self.direct)
        for (what, sign, producer, party), fen in self._of_sellers.items():
            _add(shares, what, sign, producer, party, fen, self.direct)
        return shares

    def all_entries(self) -> list[Entry]:
        """The lines' entries, then one for each party, kind of income and code."""
        first = min(self.events)
        last_at = max(event.occurred_at for event in self.events)
        many_months = first.kind in (HELD, RELEASED) and self.month
        ending = month_ending(self.month) if many_months and self.month else ""
        return self.entries + [
            Entry(
                *share.places,
                fen,
                share.code,
                Source("events", first.id, share.leg + ending),
                last_at,
            )
            for share, fen in sorted(self.shares.items())
        ]


def _add(
    shares: Counter[Share],
    what: str,
    sign: int,
    producer: int,
    party: Party,
    fen: int,
    direct: bool,
) -> None:
    code = CODES_OF[party.kind].get(what)
    if code and fen:
        code = code if sign > 0 else TAKEN_OUT + code
        share = Share(code, producer, party.kind, party.owner, party.income_kind, sign, direct)
        shares[share] += fen


def month_ending(month: date) -> str:
    """What the legs of a hold's or a release's batch end with."""
    return f":{month:%y%m}"


def share_leg(code: str, producer: int, owner: int, income_kind: str) -> str:
    """What tells a party's transfer from the others of its batch."""
    return f"{code}:{producer}:{owner}:{income_kind}"


def producer_of(leg: str) -> int:
    """The producer whose sales a party's transfer with this leg comes from."""
    return int(leg.split(":")[1])


class _Leg(NamedTuple):
    """What a step moves of one line, between two accounts."""

    code: str
    debit: Place
    credit: Place
    fen: int
    line: Line


_TAKES_BACK = {
    "refund_pending": "sale_paid",
    "refund_retained": "sale_retained",
    "refund_pooled": "sale_pooled",
}

Batches = Callable[[Event], Batch]
"""Where the month of an event is posted."""


@dataclass(slots=True)
class OrderHistory:
    """Replays an order's events, oldest first, writing each into the batches it is given.

    `moved` is what the last event did to the sale: its steps, each with 1, or -1 if taken out.
    """

    order: PostableOrder
    allocation: Allocation = field(init=False)
    paid: Event | None = None
    received: Event | None = None
    held: bool = False
    steps: list[Step] = field(default_factory=list)
    moved: list[tuple[Step, int]] = field(default_factory=list)
    _released_by: Event | None = None

    def __post_init__(self) -> None:
        self.allocation = Allocation(self.order.lines)

    def replay(self, event: Event, batches: Batches | None = None) -> None:
        """Apply `event` and add what it posts to its batches, if there are any."""
        if event.kind in (HELD, RELEASED):
            self._hold(event)
        else:
            step = self._step(event)
            self.steps.append(step)
            self.moved = [] if self.held else [(step, 1)]
        if batches:
            self._post(event, batches)

    def _hold(self, event: Event) -> None:
        """All steps so far are taken out, or moved again."""
        sign = -1 if event.kind == HELD else 1
        self.moved, self.held = [(step, sign) for step in self.steps], event.kind == HELD
        if event.kind == RELEASED:
            self._released_by = event

    def _step(self, event: Event) -> Step:
        if event.kind == PAID:
            self.paid = event
            return Step(event, self.allocation.shares_fen, None)
        if event.kind == RECEIVED:
            self.received = event
            return Step(event, self.allocation.held_fen, None)
        return Step(event, self.allocation.refund(event.goods_fen), self.received)

    def _post(self, event: Event, batches: Batches) -> None:
        if event.kind in (HELD, RELEASED):
            for step, sign in self.moved:
                batch = batches(step.event)
                batch.events.append(event)
                self._move(step, sign, event, batch)
            return
        batch = batches(event)
        batch.events.append(event)
        self._charge(event, batch)
        if not self.held:
            self._move(self.steps[-1], 1, event, batch)
        elif event.kind == REFUND:
            self._refund_held(event, batch)

    def _move(self, step: Step, sign: int, event: Event, batch: Batch) -> None:
        """Post the step because of `event`, or with `sign` -1 take it out again."""
        again = event is not step.event
        write = self._entry if sign > 0 else self._taken_out
        legs = self._legs(step, held=again)
        batch.entries.extend(write(step, leg, event) for leg in legs if leg.fen)
        for what in step.what:
            for line, parts in self._parts(step.amounts):
                batch.share(what, sign, line, parts)

    def _entry(self, step: Step, leg: _Leg, event: Event) -> Entry:
        code, debit, credit, fen, line = leg
        name, of_sale = f"{code}:{line.id}", _TAKES_BACK.get(code)
        if event is not step.event:
            name = f"{name}:{step.event.id}"
            code = FREED if code == "sale_paid" else code
        back = self._stands(step.sale or self.paid, of_sale, line) if of_sale else None
        source = Source("order_event", event.id, name)
        return Entry(debit, credit, fen, code, source, step.event.occurred_at, back)

    def _taken_out(self, step: Step, leg: _Leg, event: Event) -> Entry:
        code, credit, debit, fen, line = leg
        name = f"{TAKEN_OUT}{code}:{line.id}:{step.event.id}"
        # A refund is a correction already, and may be of the same batch.
        back = None if code in _TAKES_BACK else self._stands(step.event, code, line)
        source = Source("order_event", event.id, name)
        at = step.event.occurred_at
        return Entry(debit, credit, fen, TAKEN_OUT + code, source, at, back)

    def _stands(self, event: Event | None, code: str, line: Line) -> Source:
        """The source of the transfer by which the book has a payment or receipt now."""
        if event is None:
            raise ValueError("an order is refunded only after it was paid")
        again = self._released_by
        if again and event.id < again.id:
            return Source("order_event", again.id, f"{code}:{line.id}:{event.id}")
        return Source("order_event", event.id, f"{code}:{line.id}")

    def _legs(self, step: Step, *, held: bool) -> Iterator[_Leg]:
        """What the step moves of each line; a `held` sale comes from and goes to producer_held."""
        kind = step.event.kind
        order = self.order
        outside = order.paid_from if kind == PAID else order.gone_to(step.event)
        for line, kept, pooled in self._by_line(step.amounts):
            if held:
                outside = _held(line.producer)
            pending = _pending(line.producer)
            if kind == PAID:
                yield _Leg("sale_paid", outside, pending, kept + pooled, line)
            elif kind == RECEIVED:
                yield _Leg(
                    "sale_retained", pending, _keeps(line.producer, order.direct), kept, line
                )
                yield _Leg("sale_pooled", pending, _pool(line.producer), pooled, line)
            elif step.sale is None:
                yield _Leg("refund_pending", pending, outside, kept + pooled, line)
            else:
                yield _Leg(
                    "refund_retained", _keeps(line.producer, order.direct), outside, kept, line
                )
                yield _Leg("refund_pooled", _pool(line.producer), outside, pooled, line)

    def _refund_held(self, event: Event, batch: Batch) -> None:
        for line, kept, pooled in self._by_line(self.steps[-1].amounts):
            if fen := kept + pooled:
                source = Source("order_event", event.id, f"refund_held:{line.id}")
                held, gone_to = _held(line.producer), self.order.gone_to(event)
                batch.entries.append(
                    Entry(held, gone_to, fen, "refund_held", source, event.occurred_at)
                )

    def _charge(self, event: Event, batch: Batch) -> None:
        """The order's shipping and discount, or a refund's part of them: nobody's of the sale."""
        shipping, discount, voucher = event.shipping_fen, event.discount_fen, _voucher(event)
        if event.kind == PAID:
            _charge(batch, UNAPPLIED, SHIPPING, shipping, "shipping_charged", event)
            _charge(batch, voucher, UNAPPLIED, discount, "discount_granted", event)
        elif event.kind == REFUND:
            gone_from, back = event.gone_from, _charged(self.paid, "shipping_charged")
            _charge(batch, SHIPPING, gone_from, shipping, "shipping_returned", event, back)
            back = _charged(self.paid, "discount_granted")
            _charge(batch, gone_from, voucher, discount, "discount_returned", event, back)

    def _by_line(self, amounts: Sequence[int]) -> Iterator[tuple[Line, int, int]]:
        """For each line: what the producer itself and what the others have in `amounts`."""
        for line, parts in self._parts(amounts):
            yield line, parts[0], sum(parts) - parts[0]

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


@lru_cache(maxsize=1024)
def _held(producer: int) -> Place:
    return Place("producer_held", producer)


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
