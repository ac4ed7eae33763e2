"""Hold signed periods against their hashes, against each other, and against the book."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from lukou_market.aid.period_model import Period
from lukou_market.aid.period_rows import rows_of
from lukou_market.aid.verifier.verify_period import ROWS, Broken, Record, check, sha256_of
from lukou_market.aid.write_period import export_period

# A household may have moved since, or its number been put right: neither changes the book.
_MAY_CHANGE = {"village", "household"}


def broken_periods() -> Iterator[tuple[str, int]]:
    """A sentence on every signed period that the verifier refuses; there is no difference to it."""
    before: bytes | None = None
    for period in _signed():
        data = export_period(period)
        if sha256_of(data) != period.sha256:
            yield f"period {period}: The signed bytes don't have the hash that was signed.", 0
        try:
            check(data, before)
        except Broken as broken:
            yield f"period {period}: {broken}", 0
        before = data


def periods_that_differ() -> Iterator[tuple[str, int]]:
    """(reference, signed − book in fen) for each sum of a signed month that the book denies."""
    for period in _signed():
        signed, booked = _sums(_rows_of(period)), _sums(rows_of(period.month))
        for key in sorted(signed.keys() | booked.keys()):
            if difference := signed[key] - booked[key]:
                yield f"period {period}: {' '.join(key)}", difference


def _signed() -> Iterator[Period]:
    signed = Period.objects.filter(status=Period.Status.SIGNED).order_by("month")
    return signed.iterator(chunk_size=1)


def _rows_of(period: Period) -> Iterator[Record]:
    for line in bytes(period.content or b"").splitlines():
        record = json.loads(line)
        if record["kind"] in ROWS:
            yield record


def _sums(rows: Iterable[Record]) -> Counter[tuple[str, ...]]:
    """By kind of row, by what can't change about it, and by figure."""
    sums: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        names, figures = ROWS[row["kind"]]
        kept = [str(row[name]) for name in names if name not in _MAY_CHANGE]
        for figure in figures:
            sums[row["kind"], *kept, figure] += row[figure]
    return sums
