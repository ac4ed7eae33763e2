"""Accounts by name: each is opened when it is first used."""

from collections.abc import Iterable, Sequence

from django.db import connection

from lukou_market.ledger.entries import Place

_WANTED = "unnest(%s::text[], %s::bigint[], %s::text[]) AS wanted (kind, owner, part)"
_FIND = f"""
    SELECT wanted.kind, wanted.owner, wanted.part, account.id
    FROM {_WANTED} JOIN ledger_account account USING (kind, owner, part)
"""
# Sorted, so that two workers that open the same accounts wait for each other, not in a circle.
_OPEN = f"""
    INSERT INTO ledger_account (kind, owner, part)
    SELECT kind, owner, part FROM {_WANTED} ORDER BY 1, 2, 3
    ON CONFLICT (kind, owner, part) DO NOTHING
"""


def open_accounts(places: Iterable[Place]) -> dict[Place, int]:
    """The ids of these accounts, opening those that are new. Safe to run concurrently."""
    wanted = set(places)
    known = _find(list(wanted))
    if missing := list(wanted - known.keys()):
        with connection.cursor() as cursor:
            cursor.execute(_OPEN, _columns(missing))
        known |= _find(missing)
    return known


def _find(places: Sequence[Place]) -> dict[Place, int]:
    with connection.cursor() as cursor:
        cursor.execute(_FIND, _columns(places))
        return {Place(kind, owner, part): pk for kind, owner, part, pk in cursor.fetchall()}


def _columns(places: Sequence[Place]) -> list[list[object]]:
    return [list(column) for column in zip(*places, strict=True)] or [[], [], []]
