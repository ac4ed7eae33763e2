"""Write transfers to the book: the only door."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from lukou_market.kernel.errors import DomainError, constraint_errors
from lukou_market.ledger.entries import Entry, Place
from lukou_market.ledger.models import Account, Journal, Transfer


class AlreadyPosted(DomainError):
    """The same cause has been posted before; nothing was written."""

    code = "already_posted"


@transaction.atomic
def post_transfers(*, month: date, label: str, entries: Sequence[Entry], now: datetime) -> Journal:
    """Post `entries` as one journal of the month that begins on `month`.

    Raises AlreadyPosted when any of the entries' sources is in the book already.
    """
    accounts = open_accounts(place for entry in entries for place in (entry.debit, entry.credit))
    journal = Journal.objects.create(month=month, label=label, posted_at=now)
    with constraint_errors({"transfer_source_once": AlreadyPosted}):
        Transfer.objects.bulk_create(
            [_transfer(journal, entry, accounts) for entry in entries], batch_size=2000
        )
    return journal


def open_accounts(places: Iterable[Place]) -> dict[Place, int]:
    """The ids of these accounts, opening those that are new. Safe to run concurrently."""
    wanted = sorted(set(places), key=lambda place: (place.kind, place.owner, place.part))
    known = _known(wanted)
    missing = [place for place in wanted if place not in known]
    if missing:
        new = [Account(kind=place.kind, owner=place.owner, part=place.part) for place in missing]
        Account.objects.bulk_create(new, ignore_conflicts=True)
        known |= _known(missing)
    return known


def _known(places: Sequence[Place]) -> dict[Place, int]:
    owners: dict[tuple[str, str], set[int]] = {}
    for place in places:
        owners.setdefault((place.kind, place.part), set()).add(place.owner)
    condition = Q(pk__in=[])
    for (kind, part), ids in owners.items():
        condition |= Q(kind=kind, part=part, owner__in=ids)
    rows = Account.objects.filter(condition).values_list("kind", "owner", "part", "id")
    return {Place(kind, owner, part): pk for kind, owner, part, pk in rows}


def _transfer(journal: Journal, entry: Entry, accounts: dict[Place, int]) -> Transfer:
    return Transfer(
        journal=journal,
        debit_id=accounts[entry.debit],
        credit_id=accounts[entry.credit],
        amount_fen=entry.amount_fen,
        code=entry.code,
        source_kind=entry.source_kind,
        source_id=entry.source_id,
        leg=entry.leg,
        effective_at=entry.effective_at,
        reverses_id=entry.reverses,
    )
