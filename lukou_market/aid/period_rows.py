"""A month's rows, summed from its journals: what an exported period consists of."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import connection

from lukou_market.aid.totals import HOUSEHOLD_SUMS, PRODUCER_SUMS
from lukou_market.aid.verifier.verify_period import ROWS, Record, key_of

_PRODUCERS = f"""
    SELECT producer.village_id AS village, producer.id AS producer, sums.channel,
           gross_fen, received_fen, refunded_fen, pending_fen AS sales_pending_fen, held_fen
    FROM ({PRODUCER_SUMS}) sums JOIN households_producer producer ON producer.id = producer_id
"""

_HOUSEHOLDS = f"""
    SELECT household.village_id AS village, household.number AS household, sums.channel,
           income_kind, credited_fen, reversed_fen, pending_fen AS shares_pending_fen
    FROM ({HOUSEHOLD_SUMS}) sums JOIN households_household household ON household.id = household_id
"""

_PAYOUTS = """
    SELECT household.village_id AS village, household.number AS household,
           own.part AS income_kind,
           sum(CASE WHEN own.id = debit_id THEN amount_fen ELSE -amount_fen END) AS paid_out_fen
    FROM ledger_transfer transfer
    JOIN ledger_account own ON own.id IN (debit_id, credit_id) AND own.kind = 'household'
    JOIN ledger_account paid ON paid.id IN (debit_id, credit_id)
         AND paid.kind = 'household_paid'
    JOIN households_household household ON household.id = own.owner
    WHERE transfer.journal_id = ANY (%(journals)s) GROUP BY household.id, own.part
"""

_PARTS = """
    SELECT account.owner, journal.label AS channel,
           sum(CASE WHEN account.id = credit_id THEN amount_fen ELSE -amount_fen END) AS fen
    FROM ledger_account account
    JOIN ledger_transfer transfer ON account.id IN (debit_id, credit_id)
    JOIN ledger_journal journal ON journal.id = transfer.journal_id
    WHERE account.kind IN ('{kind}', '{kind}_direct') AND journal.id = ANY (%(journals)s)
    GROUP BY 1, 2
"""

_COLLECTIVES = f"""
    SELECT lpad(owner::text, 12, '0') AS village, channel, fen AS collective_fen
    FROM ({_PARTS.format(kind="collective")}) parts
"""

_PLATFORM = f"""
    SELECT channel, sum(fen) AS platform_fen FROM ({_PARTS.format(kind="platform")}) parts
    GROUP BY 1
"""

_TRANSFERS = """
    SELECT journal.label, transfer.code, sum(amount_fen) AS amount_fen, count(*) AS transfers
    FROM ledger_transfer transfer JOIN ledger_journal journal ON journal.id = transfer.journal_id
    WHERE journal.id = ANY (%(journals)s) GROUP BY 1, 2
"""

_SQL = {
    "producer": _PRODUCERS,
    "household": _HOUSEHOLDS,
    "payout": _PAYOUTS,
    "collective": _COLLECTIVES,
    "platform": _PLATFORM,
    "transfers": _TRANSFERS,
}


def rows_of(month: date, village: str = "") -> list[Record]:
    """The rows of the month that begins on `month`, in their order, none without an amount.

    With the code of a village, only those that name it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM ledger_journal WHERE month = %s", [month])
        journals = [row[0] for row in cursor.fetchall()]
    kinds = [kind for kind in ROWS if not village or "village" in ROWS[kind][0]]
    rows = [row for kind in kinds for row in _rows(kind, journals, village)]
    return sorted(rows, key=key_of)


def _rows(kind: str, journals: list[int], village: str) -> Iterator[Record]:
    names, figures = ROWS[kind]
    named = f"SELECT * FROM ({_SQL[kind]}) rows WHERE village = %(village)s"
    with connection.cursor() as cursor:
        cursor.execute(named if village else _SQL[kind], {"journals": journals, "village": village})
        columns = [column.name for column in cursor.description or ()]
        for values in cursor.fetchall():
            row: dict[str, Any] = dict(zip(columns, values, strict=True))
            amounts = {name: int(row[name]) for name in figures}
            if any(amounts.values()):
                yield {"kind": kind, **{name: row[name] for name in names}, **amounts}
