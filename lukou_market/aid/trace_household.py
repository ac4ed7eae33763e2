"""From a household's total back to every order line that made it, to the fen.

The book holds one transfer for a household and a whole batch of orders (a journal). So the way
back is: the household's transfers → their journals → the journal's order events → the orders,
whose rules are replayed. A page reads a bounded number of events, newest first.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter

from django.db import connection

from lukou_market.aid.household_selection import Selection, household_totals
from lukou_market.aid.load_orders import load_orders
from lukou_market.aid.movements import Change, Movement, movements
from lukou_market.aid.posting_rules import (
    HOUSEHOLD_KINDS,
    SHARE_CODES,
    TAKEN_OUT,
    producer_of,
)
from lukou_market.aid.rules_in_words import Rule, Rules
from lukou_market.households.models import Household
from lukou_market.kernel.masking import mask_name
from lukou_market.ledger.models import Account, Transfer
from lukou_market.ledger.months import month_of
from lukou_market.orders.models import Order, OrderLine

EVENTS_PER_PAGE = 50
_POSITION = re.compile(r"(\d{1,18})-(\d{1,18})")

# Each account and side stops after so many journals, by an index; whatever the book holds besides.
_OF_ONE_SIDE = """
    (SELECT DISTINCT transfer.journal_id
     FROM ledger_transfer transfer JOIN ledger_journal journal ON journal.id = transfer.journal_id
     WHERE transfer.{side}_id = account.id AND transfer.code = ANY(%(codes)s)
       AND transfer.journal_id BETWEEN asked.first_id AND asked.last_id
       AND journal.month BETWEEN %(first_month)s AND %(last_month)s
       AND (%(channel)s = '' OR journal.label = %(channel)s)
     ORDER BY transfer.journal_id DESC LIMIT %(limit)s)
"""

_JOURNALS = f"""
    WITH asked AS (
        SELECT min(of_month.first_id) AS first_id, least(max(last_id), %(newest)s) AS last_id
        FROM generate_series(%(first_month)s::date, %(last_month)s::date, interval '1 month') month
        CROSS JOIN LATERAL (
            SELECT min(id) AS first_id, max(id) AS last_id FROM ledger_journal
            WHERE ledger_journal.month = month.month::date) of_month
    ), found AS (
        SELECT side.journal_id FROM asked, unnest(%(accounts)s::bigint[]) AS account(id)
        CROSS JOIN LATERAL (
            {_OF_ONE_SIDE.format(side="credit")} UNION ALL {_OF_ONE_SIDE.format(side="debit")}
        ) side
    )
    SELECT id, posted_at, coalesce(late_for, month) FROM ledger_journal
    WHERE id IN (SELECT journal_id FROM found)
    ORDER BY id DESC LIMIT %(limit)s
"""

_EVENTS = """
    SELECT journal.id, found.event_id, found.order_id
    FROM ledger_journal journal CROSS JOIN LATERAL (
        SELECT DISTINCT event.id AS event_id, event.order_id
        FROM ledger_transfer transfer
        JOIN orders_orderevent event ON event.id = transfer.source_id
        JOIN orders_orderline line ON line.order_id = event.order_id
        WHERE transfer.journal_id = journal.id AND transfer.source_kind = 'order_event'
          AND line.producer_id = ANY(%(producers)s)
          AND (transfer.journal_id, event.id) < (%(journal)s, %(event)s)
        ORDER BY event.id DESC LIMIT %(limit)s
    ) found
    WHERE journal.id = ANY(%(journals)s)
    ORDER BY journal.id DESC, found.event_id DESC LIMIT %(limit)s
"""
_BEYOND = 2**62
Journals = dict[int, tuple[datetime, date]]


@dataclass(frozen=True, slots=True)
class Position:
    """The last event of a page; event 0 stands for the whole of the journal."""

    journal: int = _BEYOND
    event: int = _BEYOND

    def __str__(self) -> str:
        return f"{self.journal}-{self.event}"

    @classmethod
    def read(cls, text: str) -> "Position":
        """The position written so. Raises ValueError for anything else."""
        found = _POSITION.fullmatch(text)
        if found is None:
            raise ValueError("a position reads 12-345")
        return cls(int(found[1]), int(found[2]))


@dataclass(frozen=True, slots=True)
class TracedLine:
    """What one event of an order line changed for the household; the buyer's name is masked."""

    happened_at: datetime
    event: str
    order_number: str
    buyer: str
    channel: str
    line: int
    producer: str
    product: str
    quantity: int
    line_fen: int
    income_kind: str
    rule: Rule | None
    change: Change


@dataclass(frozen=True, slots=True)
class BookedShare:
    """A transfer of the book to or from the household."""

    id: int
    code: str
    amount_fen: int

    @property
    def change(self) -> Change:
        """What the transfer changes in the household's totals."""
        return change_of(self.code, self.amount_fen)


def change_of(code: str, fen: int) -> Change:
    """What transfers of this code and amount change in a household's totals."""
    fen = -fen if code.startswith(TAKEN_OUT) else fen
    return {
        "share_expected": Change(pending_fen=fen),
        "share_released": Change(pending_fen=-fen),
        "share_credited": Change(credited_fen=fen),
        "share_reversed": Change(reversed_fen=fen),
    }[code.removeprefix(TAKEN_OUT)]


@dataclass(frozen=True, slots=True)
class TracedBatch:
    """One batch: the book's transfers for the household, and the lines they pay.

    `whole` says that the page has all of its lines, so that both sums are the same.
    """

    journal: int
    posted_at: datetime
    whole: bool
    transfers: list[BookedShare]
    lines: list[TracedLine]

    @property
    def booked(self) -> Change:
        """The sum of the transfers."""
        return sum((transfer.change for transfer in self.transfers), Change())

    @property
    def traced(self) -> Change:
        """The sum of the lines."""
        return sum((line.change for line in self.lines), Change())

    @property
    def agrees(self) -> bool:
        """Whether the lines sum to the transfers."""
        return self.traced == self.booked


@dataclass(frozen=True, slots=True)
class HouseholdTrace:
    """A page of the way back; the lines of all pages add up to `totals`.

    `next` is where the following page begins, None on the last one.
    """

    selection: Selection
    totals: Change
    batches: list[TracedBatch] = field(default_factory=list)
    next: Position | None = None

    @property
    def lines(self) -> list[TracedLine]:
        """All lines of the page, newest batch first."""
        return [line for batch in self.batches for line in batch.lines]


def trace_household(
    *,
    household: Household,
    selection: Selection,
    after: Position | None = None,
    limit: int = EVENTS_PER_PAGE,
) -> HouseholdTrace:
    """The lines behind the household's totals of `selection`: at most `limit` events after
    `after`, newest first."""
    start = after or Position()
    totals = household_totals(household=household, selection=selection)
    accounts = _accounts(household, selection)
    journals = _journals(accounts, selection, start, limit)
    transfers = _transfers(accounts, journals)
    events = _events(journals, transfers, start, limit + 1)
    page = events[:limit]
    cut = events[limit][0] if len(events) > limit else None
    return HouseholdTrace(
        selection=selection,
        totals=totals,
        batches=_batches(household, selection, journals, transfers, page, (start.journal, cut)),
        next=_next(journals, page, cut, limit),
    )


def _accounts(household: Household, selection: Selection) -> list[int]:
    accounts = Account.objects.filter(kind__in=HOUSEHOLD_KINDS, owner=household.pk)
    if selection.income_kind:
        accounts = accounts.filter(part=selection.income_kind)
    return list(accounts.values_list("pk", flat=True))


def _journals(accounts: list[int], selection: Selection, start: Position, limit: int) -> Journals:
    """When each was posted, and the month it was meant for."""
    with connection.cursor() as cursor:
        cursor.execute(
            _JOURNALS,
            {
                "accounts": accounts,
                "codes": list(SHARE_CODES),
                "newest": start.journal if start.event else start.journal - 1,
                "first_month": selection.first_month,
                "last_month": selection.last_month,
                "channel": selection.channel,
                "limit": limit,
            },
        )
        return {journal: (posted_at, meant) for journal, posted_at, meant in cursor.fetchall()}


def _transfers(accounts: list[int], journals: Iterable[int]) -> dict[int, list[Transfer]]:
    """The household's transfers by journal."""
    of_journal: dict[int, list[Transfer]] = defaultdict(list)
    rows = Transfer.objects.filter(journal__in=list(journals), code__in=SHARE_CODES)
    touching = rows.filter(credit__in=accounts) | rows.filter(debit__in=accounts)
    for transfer in touching.order_by("id"):
        of_journal[transfer.journal_id].append(transfer)
    return of_journal


def _events(
    journals: Iterable[int], transfers: dict[int, list[Transfer]], start: Position, limit: int
) -> list[tuple[int, int, int]]:
    """(journal, event, order) of the producers that these transfers come from, newest first."""
    producers = {producer_of(row.leg) for rows in transfers.values() for row in rows}
    with connection.cursor() as cursor:
        cursor.execute(
            _EVENTS,
            {
                "journals": list(journals),
                "producers": list(producers),
                "journal": start.journal,
                "event": start.event,
                "limit": limit,
            },
        )
        return [(journal, event, order) for journal, event, order in cursor.fetchall()]


def _next(
    journals: Journals, page: Sequence[tuple[int, int, int]], cut: int | None, limit: int
) -> Position | None:
    if cut is not None:
        return Position(page[-1][0], page[-1][1])
    return Position(min(journals), 0) if len(journals) == limit else None


def _batches(
    household: Household,
    selection: Selection,
    journals: Journals,
    transfers: dict[int, list[Transfer]],
    page: Sequence[tuple[int, int, int]],
    edges: tuple[int, int | None],
) -> list[TracedBatch]:
    lines = _traced_lines(household, selection, journals, page)
    return [
        TracedBatch(
            journal=journal,
            posted_at=journals[journal][0],
            whole=journal not in edges,
            transfers=[BookedShare(t.pk, t.code, t.amount_fen) for t in transfers[journal]],
            lines=[line for _, event, _ in events for line in lines[journal, event]],
        )
        for journal, events in groupby(page, key=itemgetter(0))
    ]


def _traced_lines(
    household: Household,
    selection: Selection,
    journals: Journals,
    page: Sequence[tuple[int, int, int]],
) -> dict[tuple[int, int], list[TracedLine]]:
    """By journal and event: what it changed for the household, line by line."""
    order_ids = sorted({order for _, _, order in page})
    # A hold stands in a journal of each month whose sales it takes out.
    wanted = {(event, journals[journal][1]): journal for journal, event, _ in page}
    orders = Order.objects.in_bulk(order_ids)
    goods = _goods(order_ids)
    moved = [
        (orders[postable.id], movement, journal)
        for postable in load_orders(order_ids)
        for movement in movements(postable)
        if movement.party.household == household.pk
        and (journal := wanted.get((movement.event.id, month_of(movement.of.occurred_at))))
        and selection.income_kind in ("", movement.party.income_kind)
    ]
    lines = {movement.line for _, movement, _ in moved}
    rules = Rules({line.producer for line in lines}, [household.pk], {line.id for line in lines})
    found: dict[tuple[int, int], list[TracedLine]] = defaultdict(list)
    for order, movement, journal in moved:
        line = _traced_line(order, goods[movement.line.id], movement, rules)
        found[journal, movement.event.id].append(line)
    return found


def _goods(order_ids: list[int]) -> dict[int, OrderLine]:
    lines = OrderLine.objects.filter(order__in=order_ids).select_related("sku__product", "producer")
    return {line.pk: line for line in lines}


def _traced_line(order: Order, line: OrderLine, movement: Movement, rules: Rules) -> TracedLine:
    return TracedLine(
        happened_at=movement.event.occurred_at,
        event=movement.event.kind,
        order_number=order.number,
        buyer=mask_name(order.recipient) if order.recipient else "",
        channel=order.channel,
        line=line.pk,
        producer=line.producer.name,
        product=str(line.sku),
        quantity=line.quantity,
        line_fen=line.total_fen,
        income_kind=movement.party.income_kind,
        rule=rules.of(line.pk, movement.party),
        change=movement.change,
    )
