"""The verifier needs neither Django nor the shop, and takes no byte for another."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from lukou_market.aid.verifier import verify_period
from lukou_market.aid.verifier.verify_period import (
    FORMAT,
    ROWS,
    Broken,
    Record,
    check,
    cut_off_of,
    key_of,
    line_of,
    seal,
    sha256_of,
    totals_of,
)
from lukou_market.aid.write_period import BASIS

SCRIPT = str(verify_period.__file__)
VILLAGE = "430212101001"


def producer(number: int, fen: int, village: str = VILLAGE) -> Record:
    return {
        "kind": "producer", "village": village, "producer": number, "channel": "livestream",
        "gross_fen": fen, "received_fen": 0, "refunded_fen": 0, "sales_pending_fen": fen,
        "held_fen": 0,
    }  # fmt: skip


def household(number: str, fen: int, income_kind: str = "wage") -> Record:
    return {
        "kind": "household", "village": VILLAGE, "household": number, "channel": "livestream",
        "income_kind": income_kind, "credited_fen": 0, "reversed_fen": 0, "shares_pending_fen": fen,
    }  # fmt: skip


def posted(code: str, fen: int) -> Record:
    return {
        "kind": "transfers", "label": "livestream", "code": code, "amount_fen": fen,
        "transfers": 1,
    }  # fmt: skip


def sold(fen: int) -> Record:
    return posted("sale_paid", fen)


def a_sale() -> list[Record]:
    return [
        producer(1, 1000), household("H1", 300), sold(1000), posted("share_expected", 300),
    ]  # fmt: skip


def period(
    listed: list[Record] | None = None,
    *,
    month: str = "2026-06",
    previous_sha256: str = "",
    totals: list[Record] | None = None,
    **changed: Any,
) -> bytes:
    """A file that is sealed as it should be, whatever else is wrong with it."""
    rows = a_sale() if listed is None else listed
    header = {
        "kind": "header", "format": FORMAT, "districts": ["430212000000"], "month": month,
        "cut_off": cut_off_of(month), "unit": "fen", "previous_sha256": previous_sha256,
        "rows": len(rows), "basis": BASIS, **changed,
    }  # fmt: skip
    records = [header, *rows, *(totals_of(rows) if totals is None else totals)]
    body = b"".join(map(line_of, records))
    return body + seal(body)


def test_a_whole_file_is_accepted() -> None:
    assert check(period())["month"] == "2026-06"
    assert check(period([]))["rows"] == 0


def test_every_flipped_byte_is_rejected() -> None:
    data = period()
    for position in range(len(data)):
        for flip in (0x01, 0x20, 0xFF):
            changed = bytearray(data)
            changed[position] ^= flip
            with pytest.raises(Broken):
                check(bytes(changed))


@settings(max_examples=200, deadline=None)
@given(
    sizes=st.lists(st.integers(1, 10**12), min_size=1, max_size=60),
    cut=st.integers(0), length=st.integers(0, 40), put=st.binary(max_size=40),
)  # fmt: skip
def test_any_change_is_rejected(sizes: list[int], cut: int, length: int, put: bytes) -> None:
    rows = [*(producer(n, fen) for n, fen in enumerate(sizes)), sold(sum(sizes))]
    data = period(rows)
    start = cut % (len(data) + 1)
    changed = data[:start] + put + data[start + length :]
    if changed == data:
        check(changed)
    else:
        with pytest.raises(Broken):
            check(changed)


def one_more(records: list[Record], by: str) -> list[Record]:
    """The same totals, one of them a fen higher."""
    figure = "gross_fen" if by != "income_kind" else "shares_pending_fen"
    return [
        {**record, figure: record[figure] + 1} if record["by"] == by else record
        for record in records
    ]


@pytest.mark.parametrize("by", ["village", "town", "district", "channel", "income_kind", "all"])
def test_a_sealed_file_whose_rows_do_not_add_up_is_rejected(by: str) -> None:
    rows = a_sale()
    with pytest.raises(Broken, match=f"The rows add up to {by}"):
        check(period(rows, totals=one_more(totals_of(rows), by)))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "has no end"),
        (b"{}\n", "does not say what it is"),
        (b"[]\n", "written the way"),
        (b'{"kind":"end","sha256":"\\ud800"}\n', "not JSON"),
        (period()[:-1], "written the way"),
        (period() + b"\n", "not JSON"),
        (period() + seal(b""), "were changed"),
        (period(unit="yuan"), "unit not fen"),
        (period(format="other/1"), "no period in the format"),
        (period(month="2026-13", cut_off=""), "lacks something"),
        (period(cut_off="2026-06-30T16:00:00+00:00"), "cut-off"),
        (period(extra=1), "lacks something"),
        (period(rows=5), "5 rows, the file has 4"),
        (period(previous_sha256="abc"), "no SHA-256"),
        (period(districts=["430211000000"]), "outside the header's districts"),
        (period(basis={}), "basis of gross_fen"),
        (period([producer(1, 1), producer(1, 1), sold(2)]), "stands there twice"),
        (period([household("H1", 1), producer(1, 1), sold(1)]), "out of order"),
        (period([producer(1, -1)]), "taken back more than was ever paid"),
        (period([sold(-1)]), "negative"),
        (period([producer(1, 1), sold(2)]), "have 1 in gross_fen, but 2 fen were posted"),
        (period([household("H1", 1)]), "have 1 in shares_pending_fen, but 0 fen were posted"),
        (period([producer(1, True), sold(1)]), "no whole number of fen"),
        (period([{**sold(0), "more": 1}]), "too much"),
        (period([], totals=[{"kind": "note"}]), "neither header, row, total nor end"),
        (period(totals=[]), "make 6 totals, the file states 0"),
    ],
)  # fmt: skip
def test_one_sentence_says_what_is_wrong(data: bytes, sentence: str) -> None:
    with pytest.raises(Broken, match=sentence):
        check(data)


def test_the_chain_is_checked_when_the_file_before_is_at_hand() -> None:
    june = period()
    july = period(month="2026-07", previous_sha256=sha256_of(june))
    check(july, june)
    for before, sentence in (
        (period([]), "names another hash"),
        (july, "2026-07 is not the month before"),
        (june[:-9], "The file of the month before is broken"),
    ):
        with pytest.raises(Broken, match=sentence):
            check(july, before)


def test_every_figure_of_the_format_has_its_basis() -> None:
    assert {figure for _, figures in ROWS.values() for figure in figures} == set(BASIS)


def test_rows_are_sorted_by_what_tells_them_apart() -> None:
    rows = [sold(1), household("H1", 1), household("H1", 1, "business"), producer(2, 1)]
    assert [row["kind"] for row in sorted(rows, key=key_of)] == [
        "producer", "household", "household", "transfers",
    ]  # fmt: skip


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Python without site-packages and without our environment."""
    return subprocess.run(
        [sys.executable, "-I", "-S", SCRIPT, *arguments],
        capture_output=True, text=True, env={}, cwd="/", check=False,
    )  # fmt: skip


def test_the_script_stands_alone(tmp_path: Path) -> None:
    june, july = tmp_path / "june", tmp_path / "july"
    june.write_bytes(period())
    july.write_bytes(period(month="2026-07", previous_sha256=sha256_of(period())))
    alone = run(str(june))
    assert (alone.returncode, alone.stderr) == (0, "")
    assert f"adds up: 4 rows, {sha256_of(period())}" in alone.stdout
    assert "follows the month before" in run(str(july), str(june)).stdout
    wrong = run(str(june), str(july))
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "is not the month before" in wrong.stderr
    assert run().returncode == 2
    assert "No such file" in run(str(tmp_path / "none")).stderr


def test_the_command_says_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "good", tmp_path / "bad"
    good.write_bytes(period())
    bad.write_bytes(period().replace(b"H1", b"H2"))
    call_command("verify_period", str(good))
    assert capsys.readouterr().out == run(str(good)).stdout
    with pytest.raises(CommandError, match="they were changed"):
        call_command("verify_period", str(bad))
