"""A village's statement cards as one PDF: a card on each page, read back as it will be read."""

import os
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from lukou_market.access_log.models import AccessRecord
from lukou_market.kernel.errors import DomainError
from lukou_market.public_notices import print_cards as printing
from lukou_market.public_notices.errors import NoHouseholds, PrintNeedsReason
from lukou_market.public_notices.models import StatementCard
from lukou_market.public_notices.print_cards import print_cards, write_cards
from lukou_market.reports.export_models import Export
from lukou_market.reports.kinds import STATEMENTS
from lukou_market.reports.read_export import file_of
from lukou_market.reports.run_exports import run_next_export
from tests.aid.months import IN_JULY, IN_JUNE, JUNE
from tests.factories import make_village
from tests.public_notices.conftest import Village

needs_pdftotext = pytest.mark.skipif(
    shutil.which("pdftotext") is None and os.environ.get("CI") != "true",
    reason="needs poppler-utils",
)


@pytest.fixture(autouse=True)
def private(settings: Any, tmp_path: Path) -> None:
    settings.PRIVATE_DIR = tmp_path / "private"


def printed(of: Village, **given: Any) -> tuple[Export, bytes]:
    asked: dict[str, Any] = {"village": of.cadres.place, "reason": "六月入户发放"} | given
    return print_cards(
        first_month=JUNE, last_month=JUNE, by=of.cadres.village, now=IN_JULY, **asked
    )


def pages_of(pdf: bytes) -> list[str]:
    """What stands on each page."""
    read = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return ["".join(page.split()) for page in read.stdout.decode().split("\f")[:-1]]


@needs_pdftotext
def test_each_household_has_a_page_with_its_number_its_sums_and_the_way_to_object(
    village: Village, settings: Any
) -> None:
    settings.PUBLIC_BASE_URL = "https://lukou.example"
    _export, pdf = printed(village)
    cards = StatementCard.objects.order_by("household__number")
    pages = pages_of(pdf)
    assert len(pages) == len(cards) == 3
    for card, page in zip(cards, pages, strict=True):
        head = card.household.members.get(relation="head")
        for words in (
            card.number, card.household.number, "农户明白卡", "2026年6月", f"{head.name[0]}**",
            "https://lukou.example/statements/", "不用登录", "15日内答复", "入股分红",
        ):  # fmt: skip
            assert words in page
        assert head.name not in page and head.id_number not in page
    own = next(n for n, card in enumerate(cards) if card.household == village.books.household)
    assert "6.00" in pages[own]


@needs_pdftotext
def test_a_card_with_many_sales_stays_on_one_page(alone: Village) -> None:
    for minute in range(30):
        alone.books.sale(now=IN_JUNE + timedelta(minutes=minute))
    _export, pdf = printed(alone)
    [page] = pages_of(pdf)
    assert "还有更多，扫码可看每一笔" in page and "农户签字" in page


def test_printing_is_on_record_with_its_reason(village: Village) -> None:
    export, _pdf = printed(village)
    record = AccessRecord.objects.get()
    assert (record.action, record.reason) == ("printed", "六月入户发放")
    assert (record.actor, record.region_code) == (village.cadres.village, export.region_id)


def test_the_same_figures_give_the_same_paper(village: Village) -> None:
    assert printed(village)[1] == printed(village)[1]


@pytest.mark.parametrize("refusal", [PrintNeedsReason, NoHouseholds])
def test_what_is_refused_prints_and_records_nothing(
    village: Village, refusal: type[DomainError]
) -> None:
    empty = make_village("430212101009")
    given = {"reason": " "} if refusal is PrintNeedsReason else {"village": empty}
    with pytest.raises(refusal):
        printed(village, **given)
    assert not AccessRecord.objects.exists()
    assert not Export.objects.exists()
    assert not StatementCard.objects.exists()


def test_many_cards_are_written_by_a_worker(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "AT_ONCE", 2)
    export, pdf = printed(village)
    assert (export.status, pdf) == ("waiting", b"")
    assert printed(village)[0] == export
    assert not run_next_export(now=IN_JULY)
    assert run_next_export(now=IN_JULY, kinds=[STATEMENTS], write=write_cards)
    export.refresh_from_db()
    assert (export.status, export.done_rows, export.of_rows) == ("ready", 3, 3)
    assert file_of(export).read_bytes().count(b"/Type /Page\n") == 3
    assert AccessRecord.objects.count() == 1
