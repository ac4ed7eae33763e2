"""Write transfers to the book: the only door."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import chain
from operator import add

from django.db import connection, transaction

from lukou_market.kernel.errors import DomainError, constraint_errors
from lukou_market.kernel.many_rows import copy_rows
from lukou_market.ledger.entries import Entry, NewJournal, Place, Source
from lukou_market.ledger.models import Journal
from lukou_market.ledger.open_accounts import open_accounts

_COLUMNS = """journal_id, debit_id, credit_id, amount_fen, code, source_kind, source_id, leg,
    effective_at"""
_COPY = f"COPY ledger_transfer ({_COLUMNS})"
_COPY_CORRECTIONS = f"COPY ledger_transfer ({_COLUMNS}, reverses_id)"
_FIND = """
    SELECT source_kind, source_id, leg, id
    FROM unnest(%s::text[], %s::bigint[], %s::text[]) AS wanted (source_kind, source_id, leg)
    JOIN ledger_transfer USING (source_kind, source_id, leg)
"""

Owned = tuple[int, Entry]
"""An entry and the id of its journal."""
Row = tuple[int | str, ...]


class AlreadyPosted(DomainError):
    """The same cause has been posted before; nothing was written."""

    code = "already_posted"


class NothingToReverse(DomainError):
    """A correction names a transfer that is not in the book; nothing was written."""

    code = "nothing_to_reverse"


def post_transfers(*, month: date, label: str, entries: Sequence[Entry], now: datetime) -> Journal:
    """Post `entries` as one journal of the month that begins on `month`.

    Raises as `post_journals` does.
    """
    [journal] = post_journals(journals=[NewJournal(month, label, entries)], now=now)
    return journal


@transaction.atomic
def post_journals(*, journals: Sequence[NewJournal], now: datetime) -> list[Journal]:
    """Post these journals with all their entries, or none of them.

    Raises AlreadyPosted when any of the entries' sources is in the book already, and
    NothingToReverse when a correction's source is neither in the book nor among the entries.
    """
    entries = list(chain.from_iterable(journal.entries for journal in journals))
    accounts = open_accounts(
        {entry.debit for entry in entries} | {entry.credit for entry in entries}
    )
    posted = Journal.objects.bulk_create(
        Journal(month=journal.month, label=journal.label, posted_at=now) for journal in journals
    )
    owned = [
        (row.pk, entry)
        for row, journal in zip(posted, journals, strict=True)
        for entry in journal.entries
    ]
    corrections = [(pk, entry) for pk, entry in owned if entry.reverses is not None]
    sales = [(pk, entry) for pk, entry in owned if entry.reverses is None] if corrections else owned
    with constraint_errors({"transfer_source_once": AlreadyPosted}):
        copy_rows(_COPY, _rows(sales, accounts))
        if corrections:
            rows, ids = _rows(corrections, accounts), _reversed_ids(corrections)
            copy_rows(_COPY_CORRECTIONS, map(add, rows, ids))
    return posted


def _rows(owned: Sequence[Owned], accounts: dict[Place, int]) -> list[Row]:
    # Many entries happened at the same moment; writing it out once is enough.
    moments = {at: at.isoformat() for at in {entry.effective_at for _, entry in owned}}
    return [
        (pk, accounts[debit], accounts[credit], fen, code, *source, moments[at])
        for pk, (debit, credit, fen, code, source, at, _) in owned
    ]


def _reversed_ids(corrections: Sequence[Owned]) -> list[tuple[int]]:
    """The ids of the transfers they take back, as one more column."""
    wanted = {entry.reverses for _, entry in corrections if entry.reverses}
    columns = [list(column) for column in zip(*wanted, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_FIND, columns)
        found: dict[Source | None, int] = {
            Source(kind, source_id, leg): pk for kind, source_id, leg, pk in cursor.fetchall()
        }
    if missing := wanted - found.keys():
        raise NothingToReverse(sources=[str(source) for source in missing])
    return [(found[entry.reverses],) for _, entry in corrections]
