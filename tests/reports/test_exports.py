"""Files say what the report says, whoever writes them; and only who asked for one gets it."""

import csv
import subprocess
import sys
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from openpyxl import load_workbook

from lukou_market.access_log.models import AccessRecord
from lukou_market.accounts.models import User
from lukou_market.households.models import Producer
from lukou_market.regions.jurisdiction import EVERYWHERE, Jurisdiction
from lukou_market.reports import write_export
from lukou_market.reports.ask_export import ask_export, export_now
from lukou_market.reports.catalogue import REPORTS
from lukou_market.reports.display import Display, Money, Weight
from lukou_market.reports.export_errors import ExportNotReady, ExportTooLong, TooManyExports
from lukou_market.reports.export_models import KEPT, Export
from lukou_market.reports.forget_exports import forget_exports
from lukou_market.reports.kinds import FileFormat, Kind
from lukou_market.reports.line_report import line_report
from lukou_market.reports.read_export import file_of, find_export
from lukou_market.reports.run_exports import exports_dir, run_next_export
from tests.factories import NOW, make_staff
from tests.reports.books import ask, sold_book

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def private(settings: Any, tmp_path: Path) -> None:
    settings.PRIVATE_DIR = tmp_path / "private"


@pytest.fixture
def cadre() -> User:
    return make_staff("cadre")


def asked(cadre: User, kind: Kind, file_format: FileFormat, **more: Any) -> dict[str, Any]:
    known = {"kind": kind, "file_format": file_format, "question": ask(), "display": Display()}
    return {**known, "by": cadre, "now": NOW, **more}


def expected(kind: Kind, display: Display) -> list[list[str]]:
    """The rows as the page shows them."""
    sheet = REPORTS[kind].ask(ask())
    return [
        [
            display.text(cell, column.unit)
            for cell, column in zip(row.cells, sheet.columns, strict=True)
        ]
        for row in sheet.rows
    ]


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("display", [Display(), Display(Money.WAN, Weight.JIN)])
def test_csv_and_workbook_say_what_the_page_says(
    cadre: User, kind: Kind, display: Display, tmp_path: Path
) -> None:
    sold_book(5)
    rows = expected(kind, display)
    _export, content = export_now(**asked(cadre, kind, FileFormat.CSV, display=display))
    assert content.startswith("\ufeff".encode())
    read = list(csv.reader(content.decode("utf-8-sig").splitlines()))
    plain = [["" if text == "—" else text.replace(",", "") for text in row] for row in rows]
    assert [row for row in read if row in plain][: len(plain)] == plain

    _export, content = export_now(**asked(cadre, kind, FileFormat.XLSX, display=display))
    (tmp_path / "book.xlsx").write_bytes(content)
    page = load_workbook(tmp_path / "book.xlsx").worksheets[0]
    first = int(str(page.freeze_panes).lstrip("B"))
    for n, row in enumerate(rows):
        for cell, text in zip(page[first + n], row, strict=True):
            if isinstance(cell.value, int | float):
                places = Decimal(10) ** -len(cell.number_format.partition(".")[2])
                number = Decimal(str(cell.value)).quantize(places, "ROUND_HALF_UP")
                assert f"{number:,}" == text
            else:
                assert (cell.value or "—") == text
    if REPORTS[kind].ask(ask()).totals:
        assert any(str(cell.value).startswith("=SUM(") for cell in page[first + len(rows)])


@pytest.mark.parametrize("file_format", [FileFormat.CSV, FileFormat.XLSX])
def test_names_never_become_formulas(cadre: User, file_format: FileFormat, tmp_path: Path) -> None:
    sold_book(5)
    Producer.objects.update(name="=1+1")
    _export, content = export_now(**asked(cadre, Kind.LINES, file_format))
    if file_format is FileFormat.CSV:
        assert ",'=1+1," in content.decode() and ",=1+1," not in content.decode()
        return
    (tmp_path / "book.xlsx").write_bytes(content)
    page = load_workbook(tmp_path / "book.xlsx").worksheets[0]
    found = {cell.data_type for row in page.iter_rows() for cell in row if cell.value == "=1+1"}
    assert found == {"s"}


def test_paper_names_its_content_and_is_the_same_when_made_again(cadre: User) -> None:
    sold_book(5)
    one, pdf = export_now(**asked(cadre, Kind.CHANNEL, FileFormat.PDF))
    two, again = export_now(**asked(cadre, Kind.CHANNEL, FileFormat.PDF))
    assert pdf == again and pdf.startswith(b"%PDF")
    assert one.content_sha256 == two.content_sha256 != one.file_sha256
    later, _pdf = export_now(**asked(cadre, Kind.CHANNEL, FileFormat.PDF, now=NOW + timedelta(1)))
    assert later.content_sha256 != one.content_sha256, "the cut-off time is part of what it says"


def test_every_export_is_recorded_before_it_leaves(cadre: User) -> None:
    sold_book(5)
    export_now(**asked(cadre, Kind.CHANNEL, FileFormat.CSV))
    ask_export(**asked(cadre, Kind.LINES, FileFormat.CSV))
    subjects = set(AccessRecord.objects.values_list("actor", "action", "subject"))
    assert subjects == {
        (cadre.pk, "exported", "report channel 2026-06–2026-08 all csv"),
        (cadre.pk, "exported", "report lines 2026-06–2026-08 all csv"),
    }


def test_a_worker_writes_what_waits_and_its_owner_alone_may_take_it(cadre: User) -> None:
    sold_book(5)
    export = ask_export(**asked(cadre, Kind.LINES, FileFormat.CSV))
    assert ask_export(**asked(cadre, Kind.LINES, FileFormat.CSV)) == export
    with pytest.raises(ExportNotReady):
        file_of(export)
    assert run_next_export(now=NOW) and not run_next_export(now=NOW)
    export.refresh_from_db()
    assert (export.status, export.done_rows, export.of_rows) == ("ready", 20, 20)
    assert file_of(export).read_text("utf-8-sig").count("\n") == 20 + 4
    found = {
        "mine": find_export(export_id=export.pk, by=cadre, jurisdiction=EVERYWHERE),
        "moved away": find_export(
            export_id=export.pk, by=cadre, jurisdiction=Jurisdiction(("430212102",))
        ),
        "another's": find_export(
            export_id=export.pk, by=make_staff("other"), jurisdiction=EVERYWHERE
        ),
    }
    assert found == {"mine": export, "moved away": None, "another's": None}


def test_a_worker_that_died_is_followed_by_another(cadre: User) -> None:
    sold_book(5)
    export = ask_export(**asked(cadre, Kind.LINES, FileFormat.CSV))
    Export.objects.update(status="running", attempts=1, claimed_until=NOW)
    assert not run_next_export(now=NOW)
    assert run_next_export(now=NOW + timedelta(seconds=1))
    export.refresh_from_db()
    assert (export.status, export.attempts) == ("ready", 2)


def test_who_lost_the_claim_leaves_no_file(cadre: User) -> None:
    sold_book(5)
    export = ask_export(**asked(cadre, Kind.LINES, FileFormat.CSV))
    write = write_export.write_export

    def taken_over(*args: Any, **named: Any) -> Any:
        Export.objects.update(attempts=2)
        return write(*args, **named)

    run_next_export(now=NOW, write=taken_over)
    export.refresh_from_db()
    assert export.status == "running" and export.path == ""
    assert list(exports_dir().glob("*")) == []


def test_what_is_too_long_says_so(cadre: User, monkeypatch: pytest.MonkeyPatch) -> None:
    sold_book(5)
    monkeypatch.setitem(write_export.MOST_ROWS, FileFormat.CSV, 19)
    with pytest.raises(ExportTooLong):
        export_now(**asked(cadre, Kind.LINES, FileFormat.CSV))
    assert not Export.objects.exists() and not AccessRecord.objects.exists()
    export = ask_export(**asked(cadre, Kind.LINES, FileFormat.CSV))
    run_next_export(now=NOW)
    export.refresh_from_db()
    assert (export.status, export.refusal) == ("failed", "export_too_long")
    assert list(exports_dir().glob("*")) == []


def test_three_at_once_are_enough(cadre: User) -> None:
    sold_book(5)
    for file_format in FileFormat:
        ask_export(**asked(cadre, Kind.LINES, file_format))
    with pytest.raises(TooManyExports):
        ask_export(**asked(cadre, Kind.HOUSEHOLD, FileFormat.CSV))
    assert Export.objects.count() == 3


def test_files_are_forgotten_after_a_week_and_what_they_were_is_not(cadre: User) -> None:
    sold_book(5)
    export = ask_export(**asked(cadre, Kind.LINES, FileFormat.CSV))
    run_next_export(now=NOW)
    assert forget_exports(now=NOW + KEPT) == 0
    assert forget_exports(now=NOW + KEPT + timedelta(seconds=1)) == 1
    export.refresh_from_db()
    assert export.status == "ready" and export.file_sha256
    assert list(exports_dir().glob("*")) == []
    with pytest.raises(ExportNotReady):
        file_of(export)


@pytest.mark.parametrize(
    "change", [{"first_month": "2026-05-01"}, {"file_sha256": "0" * 64}, {"status": "waiting"}]
)
def test_what_an_export_was_stays(cadre: User, change: dict[str, Any]) -> None:
    sold_book(5)
    export, _content = export_now(**asked(cadre, Kind.CHANNEL, FileFormat.CSV))
    before = Export.objects.values().get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Export.objects.filter(pk=export.pk).update(**change)
    assert Export.objects.values().get() == before


def test_lines_come_from_the_server_a_portion_at_a_time() -> None:
    sold_book(5)
    rows = iter(line_report(ask()).rows)
    next(rows)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_cursors")
        assert cursor.fetchone()[0] == 1


_MANY = """
import resource, sys
from pathlib import Path
import django; django.setup()
from lukou_market.reports import write_csv, write_xlsx
from lukou_market.reports.display import Display
from lukou_market.reports.heading import Heading
from lukou_market.reports.line_report import COLUMNS
from lukou_market.reports.sheet import Row, Sheet
cells = ["A1", "2026-06-28 12:00:00", "直播", "浦湾村", "合作社", "甜瓜", "5 斤", 1, 2500, 3990]
def write(count):
    heading, sheet = Heading("t", []), Sheet(COLUMNS, ())
    for module, name in ((write_xlsx.write_xlsx, "x.xlsx"), (write_csv.write_csv, "x.csv")):
        rows = (Row(cells) for _ in range(count))
        module(Path(sys.argv[1]) / name, heading, sheet, rows, Display())
write(1000)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
write(200_000)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_two_hundred_thousand_rows_take_no_more_memory_than_a_thousand(tmp_path: Path) -> None:
    child = subprocess.run(
        [sys.executable, "-c", _MANY, str(tmp_path)], capture_output=True, check=True, text=True
    )
    grown_kb = int(child.stdout)
    assert grown_kb < 30_000
    assert (tmp_path / "x.xlsx").stat().st_size > 1_000_000
