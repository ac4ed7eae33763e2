"""Prove orders ↔ payments ↔ book ↔ totals (↔ Stripe), or name the first fen that doesn't fit."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from lukou_market.aid.audit_checks import CHECKS, OVERSOLD_UNITS
from lukou_market.aid.audit_periods import broken_periods, periods_that_differ
from lukou_market.aid.audit_shares import shares_that_differ
from lukou_market.payments.match_settlement import Difference, match_settlement, without_explained
from lukou_market.payments.pull_settlement import pull_settlement

KEPT = 1_000
"""Findings that are named; of the rest only number and sum are kept."""

_OTHER_CHECKS: dict[str, Callable[[], Iterator[tuple[str, int]]]] = {
    "rules ↔ book": shares_that_differ,
    "signed periods ↔ their hashes": broken_periods,
    "signed period ↔ book": periods_that_differ,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not add up: which check, where, and by how much."""

    check: str
    reference: str
    difference_fen: int


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found: the first `KEPT` findings, and of `more` the number and their fen.

    Nothing found and nothing oversold means the books are proved.
    """

    findings: list[Finding]
    oversold_units: int
    more: int = 0
    more_fen: int = 0

    @property
    def unexplained_fen(self) -> int:
        """All differences added up, each without its sign."""
        return self.more_fen + sum(abs(finding.difference_fen) for finding in self.findings)

    @property
    def proved(self) -> bool:
        """Whether everything adds up."""
        return not self.findings and self.oversold_units == 0


def audit_books(*, with_stripe: bool) -> Audit:
    """Run every check on one snapshot of the database.

    `with_stripe` first brings our copy of Stripe's movements up to date, which books fees and
    payouts that are new, and then names what neither matches nor is explained by a person.
    """
    started = timezone.now()
    differences = pull_settlement(now=started).differences if with_stripe else []
    kept: list[Finding] = []
    more = more_fen = 0
    with _snapshot():
        oversold = _oversold_units()
        if with_stripe:
            differences += match_settlement(as_of=started)
        for finding in chain(_findings(), map(_told, without_explained(differences))):
            if len(kept) < KEPT:
                kept.append(finding)
            else:
                more, more_fen = more + 1, more_fen + abs(finding.difference_fen)
    return Audit(kept, oversold, more, more_fen)


def _told(difference: Difference) -> Finding:
    reference = f"{difference.what} {difference.reference}".strip()
    return Finding("Stripe ↔ payments", reference, difference.difference_fen)


@contextmanager
def _snapshot() -> Iterator[None]:
    """One view of the data for all checks; inside a transaction, that transaction's view."""
    fresh = not connection.in_atomic_block
    with transaction.atomic():
        if fresh:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _findings() -> Iterator[Finding]:
    for check, sql in CHECKS.items():
        # Rows come from the server a portion at a time, however many do not fit.
        with connection.chunked_cursor() as cursor:
            cursor.execute(sql, {"journals": None, "zone": settings.TIME_ZONE})
            for reference, difference in cursor:
                yield Finding(check, reference, int(difference))
    for check, differences in _OTHER_CHECKS.items():
        for reference, difference in differences():
            yield Finding(check, reference, difference)


def _oversold_units() -> int:
    with connection.cursor() as cursor:
        cursor.execute(OVERSOLD_UNITS)
        return int(cursor.fetchall()[0][0])
