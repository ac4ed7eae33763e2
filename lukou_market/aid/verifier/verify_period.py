"""Check an exported period: `python verify_period.py FILE [FILE_OF_THE_MONTH_BEFORE]`.

Needs nothing but Python: neither the shop nor its database. Exits 0 when the file is whole,
follows the one before and adds up; otherwise says in one sentence what is wrong and exits 1.

A period is UTF-8 text, one JSON object in each line, keys sorted, no spaces: a header, rows,
totals of these rows, and an end that holds the SHA-256 of all bytes before it. Whoever writes
another file can seal it as well: compare the hash with the one that was published.
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

FORMAT = "lukou-market-period/1"
Record = dict[str, Any]

# Row kind → what tells rows of this kind apart, and what they count in fen.
ROWS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "producer": (
        ("village", "producer", "channel"),
        ("gross_fen", "received_fen", "refunded_fen", "sales_pending_fen", "held_fen"),
    ),
    "household": (
        ("village", "household", "channel", "income_kind"),
        ("credited_fen", "reversed_fen", "shares_pending_fen"),
    ),
    "payout": (("village", "household", "income_kind"), ("paid_out_fen",)),
    "collective": (("village", "channel"), ("collective_fen",)),
    "platform": (("channel",), ("platform_fen",)),
    "transfers": (("label", "code"), ("amount_fen", "transfers")),
}
_COUNTED_IN_TOTALS = [kind for kind in ROWS if kind != "transfers"]
# Figure → the codes of the transfers it is made of, and whether they add to it.
_POSTED_AS = {
    "gross_fen": {"sale_paid": 1, "sale_freed": 1},
    "received_fen": {"sale_retained": 1, "sale_pooled": 1},
    "refunded_fen": {"refund_pending": 1, "refund_retained": 1, "refund_pooled": 1},
    "held_fen": {"held_sale_paid": 1, "sale_freed": -1},
    "credited_fen": {"share_credited": 1},
    "reversed_fen": {"share_reversed": 1},
    "shares_pending_fen": {"share_expected": 1, "share_released": -1},
    "collective_fen": {"collective_credited": 1, "collective_reversed": -1},
    "platform_fen": {"platform_credited": 1, "platform_reversed": -1},
    "paid_out_fen": {"paid_out": 1},
}
# What a sale that is held has moved, these codes take out again.
_TAKEN_OUT = "held_"
_HEADER = {
    "basis", "cut_off", "districts", "format", "kind", "month", "previous_sha256", "rows", "unit",
}  # fmt: skip
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


class Broken(Exception):
    """One sentence that says what is wrong with the file."""


def line_of(record: Record) -> bytes:
    """The one way a record is written."""
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode() + b"\n"


def seal(body: bytes) -> bytes:
    """The last line of the file whose other lines are `body`."""
    return line_of({"kind": "end", "sha256": hashlib.sha256(body).hexdigest()})


def key_of(row: Record) -> tuple[Any, ...]:
    """What the rows are sorted by, and what no two of them share."""
    kind = row["kind"]
    return (list(ROWS).index(kind), *(row[name] for name in ROWS[kind][0]))


def totals_of(rows: Sequence[Record]) -> list[Record]:
    """The totals by village, town, district, channel and kind of income, and of everything."""
    sums: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows:
        if row["kind"] in _COUNTED_IN_TOTALS:
            for group in _groups(row):
                figures = sums.setdefault(group, {})
                for name in ROWS[row["kind"]][1]:
                    figures[name] = figures.get(name, 0) + row[name]
    return [{"kind": "total", "by": by, "of": of, **sums[by, of]} for by, of in sorted(sums)]


def _groups(row: Record) -> Iterator[tuple[str, str]]:
    yield "all", ""
    if "village" in row:
        yield "village", row["village"]
        yield "town", row["village"][:9] + "000"
        yield "district", row["village"][:6] + "000000"
    for name in ("channel", "income_kind"):
        if name in row:
            yield name, row[name]


def cut_off_of(month: str) -> str:
    """The moment after the month's last, in China."""
    return f"{_next(month)}-01T00:00:00+08:00"


def _next(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{date(year + number // 12, number % 12 + 1, 1):%Y-%m}"


def check(data: bytes, previous: bytes | None = None) -> Record:
    """The header of the period in `data`; `previous` is the file of the month before, if at hand.

    Raises Broken.
    """
    records = _read(data)
    header, rows = _header(records), [r for r in records if r.get("kind") in ROWS]
    for row in rows:
        _check_row(row, header)
    if [record.get("kind") for record in records[1 : len(rows) + 1]] != [r["kind"] for r in rows]:
        raise Broken("The rows don't stand together after the header.")
    keys = [key_of(row) for row in rows]
    if any(not first < second for first, second in pairwise(keys)):
        raise Broken("The rows are out of order, or one stands there twice.")
    if type(header["rows"]) is not int or header["rows"] != len(rows):
        raise Broken(f"The header speaks of {header['rows']} rows, the file has {len(rows)}.")
    _check_totals(rows, records[len(rows) + 1 : -1])
    _check_codes(rows)
    if previous is not None:
        _check_chain(header, previous)
    return header


def _read(data: bytes) -> list[Record]:
    records = []
    for number, line in enumerate(data.splitlines(keepends=True), start=1):
        try:
            record = json.loads(line.decode())
            as_written = line_of(record)
        except (ValueError, RecursionError):
            raise Broken(f"Line {number} is not JSON.") from None
        if as_written != line or not isinstance(record, dict):
            raise Broken(f"Line {number} is not written the way periods are written.")
        if not isinstance(record.get("kind"), str):
            raise Broken(f"Line {number} does not say what it is.")
        records.append(record)
    if not records or records[-1].get("kind") != "end":
        raise Broken("The file has no end: part of it is missing.")
    if data != (body := b"".join(map(line_of, records[:-1]))) + seal(body):
        raise Broken("The bytes don't have the hash that the last line states: they were changed.")
    return records


def _header(records: Sequence[Record]) -> Record:
    header = records[0]
    if header.get("kind") != "header" or header.get("format") != FORMAT:
        raise Broken(f"This is no period in the format {FORMAT}.")
    month, hash_before = header.get("month"), header.get("previous_sha256")
    if set(header) != _HEADER or not isinstance(month, str) or not _MONTH.fullmatch(month):
        raise Broken("The header lacks something, or has something that is not of it.")
    if header["cut_off"] != cut_off_of(month) or header["unit"] != "fen":
        raise Broken("The cut-off is not the end of the month in China, or the unit not fen.")
    if type(header["districts"]) is not list or type(header["basis"]) is not dict:
        raise Broken("The header's districts are no list, or the basis of its figures is missing.")
    if not isinstance(hash_before, str) or not re.fullmatch("([0-9a-f]{64})?", hash_before):
        raise Broken("The header's hash of the month before is no SHA-256.")
    return header


def _check_row(row: Record, header: Record) -> None:
    names, figures = ROWS[row["kind"]]
    if set(row) != {"kind", *names, *figures}:
        raise Broken(f"A row of kind {row['kind']} lacks something, or has too much: {row}.")
    if any(type(row[name]) is not (int if name == "producer" else str) for name in names):
        raise Broken(f"A row is not named the way rows are named: {row}.")
    if any(type(row[name]) is not int for name in figures):
        raise Broken(f"A row has an amount that is no whole number of fen: {row}.")
    if row["kind"] == "producer" and row["gross_fen"] + row["held_fen"] < 0:
        raise Broken(f"A row has taken back more than was ever paid: {row}.")
    if row["kind"] == "transfers" and min(row["amount_fen"], row["transfers"]) <= 0:
        raise Broken(f"A row has a negative amount: {row}.")
    if "village" in row and not (
        re.fullmatch("[0-9]{12}", row["village"])
        and row["village"][:6] + "000000" in header["districts"]
    ):
        raise Broken(f"A row is of a village outside the header's districts: {row}.")
    if missing := [name for name in figures if name not in header["basis"]]:
        raise Broken(f"The header does not state the basis of {missing[0]}.")


def _check_totals(rows: Sequence[Record], stated: Sequence[Record]) -> None:
    for record in stated:
        if record.get("kind") != "total":
            raise Broken(f"A line is neither header, row, total nor end: {record}.")
    due = totals_of(rows)
    for wanted, found in zip(due, stated, strict=False):
        if line_of(wanted) != line_of(found):
            raise Broken(f"The rows add up to {_words(wanted)}, the file states {_words(found)}.")
    if len(due) != len(stated):
        raise Broken(f"The rows make {len(due)} totals, the file states {len(stated)}.")


def _check_codes(rows: Sequence[Record]) -> None:
    for figure, codes in _POSTED_AS.items():
        stated = sum(row.get(figure, 0) for row in rows)
        posted = sum(
            _sign_of(row["code"], codes) * row["amount_fen"]
            for row in rows
            if row["kind"] == "transfers"
        )
        if stated != posted:
            raise Broken(f"The rows have {stated} in {figure}, but {posted} fen were posted.")


def _sign_of(code: str, codes: dict[str, int]) -> int:
    taken_out = codes.get(code.removeprefix(_TAKEN_OUT), 0) if code.startswith(_TAKEN_OUT) else 0
    return codes.get(code, -taken_out)


def _check_chain(header: Record, previous: bytes) -> None:
    try:
        before = check(previous)
    except Broken as broken:
        raise Broken(f"The file of the month before is broken: {broken}") from None
    if _next(before["month"]) != header["month"]:
        raise Broken(f"{before['month']} is not the month before {header['month']}.")
    if sha256_of(previous) != header["previous_sha256"]:
        raise Broken(f"The period names another hash of {before['month']} than that file has.")


def sha256_of(data: bytes) -> str:
    """The hash that the last line of the file states."""
    return str(json.loads(data.splitlines()[-1])["sha256"])


def _words(total: Record) -> str:
    figures = {name: fen for name, fen in total.items() if name.endswith("_fen")}
    return f"{total.get('by')} {total.get('of')} {figures}"


def main(paths: Sequence[str]) -> int:
    """Check the file named first, against the one named second if there is one."""
    if len(paths) not in (1, 2):
        sys.stderr.write("usage: python verify_period.py FILE [FILE_OF_THE_MONTH_BEFORE]\n")
        return 2
    try:
        data, *before = (Path(path).read_bytes() for path in paths)
        sentence = verdict(data, *before)
    except (Broken, OSError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    sys.stdout.write(f"{sentence}\n")
    return 0


def verdict(data: bytes, previous: bytes | None = None) -> str:
    """The sentence on a file that is whole. Raises Broken."""
    header = check(data, previous)
    follows = "follows the month before and adds up" if previous else "adds up"
    return f"{header['month']} is whole, {follows}: {header['rows']} rows, {sha256_of(data)}."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
