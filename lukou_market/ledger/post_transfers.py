"""Write transfers to the book: the only door."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from lukou_market.kernel.errors import DomainError, constraint_errors
from lukou_market.ledger.entries import Entry, Place, Source
from lukou_market.ledger.models import Account, Journal, Transfer


class AlreadyPosted(DomainError):
    """The same cause has been posted before; nothing was written."""

    code = "already_posted"


class NothingToReverse(DomainError):
    """A correction names a transfer that is not in the book; nothing was written."""

    code = "nothing_to_reverse"


@transaction.atomic
def post_transfers(*, month: date, label: str, entries: Sequence[Entry], now: datetime) -> Journal:
    """Post `entries` as one journal of the month that begins on `month`.

    Raises AlreadyPosted when any of the entries' sources is in the book already, and
    NothingToReverse when a correction's source is neither in the book nor among `entries`.
    """
    accounts = open_accounts(place for entry in entries for place in (entry.debit, entry.credit))
    journal = Journal.objects.create(month=month, label=label, posted_at=now)
    first = [entry for entry in entries if entry.reverses is None]
    corrections = [entry for entry in entries if entry.reverses is not None]
    with constraint_errors({"transfer_source_once": AlreadyPosted}):
        posted = _insert(journal, first, accounts, {})
        _insert(journal, corrections, accounts, _reversed_ids(corrections, posted))
    return journal


def _insert(
    journal: Journal,
    entries: Sequence[Entry],
    accounts: dict[Place, int],
    reversed_ids: dict[Source, int],
) -> dict[Source, int]:
    transfers = [
        Transfer(
            journal=journal,
            debit_id=accounts[entry.debit],
            credit_id=accounts[entry.credit],
            amount_fen=entry.amount_fen,
            code=entry.code,
            source_kind=entry.source.kind,
            source_id=entry.source.id,
            leg=entry.source.leg,
            effective_at=entry.effective_at,
            reverses_id=reversed_ids[entry.reverses] if entry.reverses else None,
        )
        for entry in entries
    ]
    created = Transfer.objects.bulk_create(transfers, batch_size=2000)
    return {entry.source: row.pk for entry, row in zip(entries, created, strict=True)}


def _reversed_ids(corrections: Sequence[Entry], posted: dict[Source, int]) -> dict[Source, int]:
    wanted = {entry.reverses for entry in corrections if entry.reverses}
    condition = Q(pk__in=[])
    for source in wanted - posted.keys():
        condition |= Q(source_kind=source.kind, source_id=source.id, leg=source.leg)
    rows = Transfer.objects.filter(condition).values_list("source_kind", "source_id", "leg", "id")
    found = posted | {Source(kind, source_id, leg): pk for kind, source_id, leg, pk in rows}
    if missing := wanted - found.keys():
        raise NothingToReverse(sources=[str(source) for source in missing])
    return found


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
