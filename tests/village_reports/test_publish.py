"""What is published is frozen, says what the screen says, and can be checked by its hash."""

import hashlib
import io
import json
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from lukou_market.aid.restate_period import restate_period
from lukou_market.public_notices.terms import Terms
from lukou_market.storefront import village_report_page
from lukou_market.village_reports.content import content_of, export_report
from lukou_market.village_reports.errors import NotYourLevel, StepNotDue
from lukou_market.village_reports.find_published import judge_hash
from lukou_market.village_reports.models import ReportArchive, VillageReport
from lukou_market.village_reports.restate_report import restate_report
from tests.aid.months import IN_AUGUST, JUNE, Books
from tests.village_reports.people import VILLAGE, Cadres

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def one_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """The village of these tests has one household, whose figures may be read here."""
    terms = Terms(least_households=1)
    monkeypatch.setattr(village_report_page, "terms_in_force", lambda now: terms)


@pytest.fixture
def approved(cadres: Cadres) -> VillageReport:
    report = cadres.review(cadres.prepare(remark="雨天少发一车"))
    cadres.close()
    return cadres.approve(report)


@pytest.fixture
def published(cadres: Cadres, approved: VillageReport) -> VillageReport:
    return cadres.publish(approved)


def page(client: Client, name: str = "village-report", *more: str) -> str:
    return client.get(reverse(f"storefront:{name}", args=[VILLAGE, JUNE, *more])).content.decode()


def test_nothing_is_public_before_it_is_published(
    client: Client, cadres: Cadres, approved: VillageReport
) -> None:
    address = reverse("storefront:village-report", args=[VILLAGE, JUNE])
    assert client.get(address).status_code == 404
    assert not judge_hash(approved.sha256).is_published
    cadres.publish(approved)
    assert client.get(address).status_code == 200
    assert judge_hash(approved.sha256).is_published


def test_the_public_page_has_masked_names_figures_and_the_hash(
    client: Client, books: Books, published: VillageReport
) -> None:
    text = page(client)
    for words in (
        "10.00",
        "3.00",
        "李**",
        "雨天少发一车",
        published.sha256,
        "销售额不等于农户收入",
    ):
        assert words in text
    member = books.household.members.get()
    assert member.name not in text
    assert member.id_number not in text


def test_the_figures_of_a_single_household_are_not_public(
    client: Client, published: VillageReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(village_report_page, "terms_in_force", lambda now: Terms())
    shown = page(client)
    assert published.sha256 in shown and "明白卡" in shown
    assert not any(amount in shown for amount in ("10.00", "3.00"))
    for kind in ("pdf", "xlsx", "jsonl"):
        address = reverse("storefront:village-report-file", args=[VILLAGE, JUNE, kind])
        assert address not in shown
        assert client.get(address).status_code == 404


def test_the_files_are_the_archived_bytes(client: Client, published: VillageReport) -> None:
    archive = ReportArchive.objects.get()
    for kind, data in (
        ("pdf", bytes(archive.pdf)),
        ("xlsx", bytes(archive.xlsx)),
        ("jsonl", export_report(published)),
    ):
        address = reverse("storefront:village-report-file", args=[VILLAGE, JUNE, kind])
        assert client.get(address).content == data
    assert hashlib.sha256(bytes(archive.pdf)).hexdigest() == archive.pdf_sha256
    assert bytes(archive.pdf).startswith(b"%PDF-")
    unknown = reverse("storefront:village-report-file", args=[VILLAGE, JUNE, "exe"])
    assert client.get(unknown).status_code == 404


def test_the_workbook_has_numbers_and_totals_as_formulas(published: VillageReport) -> None:
    book = load_workbook(io.BytesIO(bytes(ReportArchive.objects.get().xlsx)))
    assert published.sha256 in str([row[0].value for row in book.worksheets[0].rows])
    sheet = book["记入农户"]
    assert [cell.value for cell in sheet[1]][-3:] == ["已入账", "已收回", "待收货变动"]
    assert sheet["E2"].value == 3
    assert sheet["E3"].value == "=SUM(E2:E2)"


def test_the_downloaded_lines_add_up(client: Client, published: VillageReport) -> None:
    address = reverse("storefront:village-report-file", args=[VILLAGE, JUNE, "jsonl"])
    lines = [json.loads(line) for line in client.get(address).content.splitlines()]
    [total] = [line for line in lines if line["kind"] == "total"]
    rows = [line for line in lines if line["kind"] in ("producer", "household")]
    for name in ("gross_fen", "credited_fen"):
        assert total[name] == sum(row.get(name, 0) for row in rows)


def test_a_hash_is_published_superseded_or_not_known(client: Client, cadres: Cadres) -> None:
    first = cadres.prepare()
    assert judge_hash(first.sha256).report is None
    cadres.send_back(first)
    report = cadres.review(cadres.prepare(remark="更正"))
    cadres.close()
    cadres.publish(cadres.approve(report))
    archive = ReportArchive.objects.get()

    def says(sha256: str) -> str:
        return client.get(reverse("storefront:verify", args=[sha256])).content.decode()

    for sha256 in (report.sha256, archive.pdf_sha256, archive.xlsx_sha256):
        assert "核验通过" in says(sha256)
    assert "已被取代" in says(first.sha256)
    assert "查无此件" in says("0" * 64)


def test_a_hash_may_be_typed_in(client: Client, published: VillageReport) -> None:
    address = reverse("storefront:verify-typed")
    typed = f" {published.sha256[:32].upper()} {published.sha256[32:]} "
    found = client.get(address, {"sha256": typed})
    assert found.headers["Location"].endswith(f"/{published.sha256}/")
    for nonsense in ("", "../..", "\0", "校验"):
        assert client.get(address, {"sha256": nonsense}).status_code == 200


def test_a_report_is_published_once_by_the_district(
    cadres: Cadres, approved: VillageReport
) -> None:
    with pytest.raises(NotYourLevel):
        cadres.publish(approved, by=cadres.town)
    assert not ReportArchive.objects.exists()
    cadres.publish(approved, by=cadres.district2)
    with pytest.raises(StepNotDue):
        cadres.publish(approved)
    assert ReportArchive.objects.count() == 1


def test_a_report_that_nobody_approved_is_not_published(cadres: Cadres) -> None:
    report = cadres.review(cadres.prepare())
    with pytest.raises(StepNotDue):
        cadres.publish(report)
    assert not ReportArchive.objects.exists()


def test_a_late_refund_is_a_restatement_beside_the_published_figures(
    client: Client, books: Books, cadres: Cadres
) -> None:
    order = books.sale()
    report = cadres.review(cadres.prepare())
    cadres.close()
    cadres.publish(cadres.approve(report))
    before = export_report(report)
    assert "调整表" not in page(client)
    cache.clear()
    books.refund(order, 400, now=IN_AUGUST)
    found = restate_report(report)
    assert (found.sales.signed_fen, found.sales.later_fen) == (2000, -400)
    assert (found.credits.signed_fen, found.credits.later_fen) == (600, -120)
    text = page(client)
    for words in ("调整表", "16.00", "4.80"):
        assert words in text
    assert export_report(VillageReport.objects.get()) == before


def test_a_restatement_of_all_villages_is_the_months(books: Books, cadres: Cadres) -> None:
    order = books.sale()
    report = cadres.review(cadres.prepare())
    period = cadres.close()
    books.refund(order, 333, now=IN_AUGUST)
    whole, here = restate_period(period), restate_report(report)
    assert (whole.sales, whole.credits) == (here.sales, here.credits)


@pytest.mark.parametrize(
    ("rule", "sql"),
    [
        ("report_archive_kept", "UPDATE village_reports_reportarchive SET pdf = 'x'"),
        ("report_archive_kept", "DELETE FROM village_reports_reportarchive"),
        ("village_report_edges", "SELECT 1"),
    ],
)
def test_what_was_published_stays(
    published: VillageReport, refused: Callable[[str, str], None], rule: str, sql: str
) -> None:
    if sql == "SELECT 1":
        sql = f"""INSERT INTO village_reports_reportstep
            (report_id, action, by_id, acting_for_id, at, sha256, reason)
            SELECT report_id, 'returned', by_id, NULL, at, sha256, 'x'
            FROM village_reports_reportstep WHERE action = 'approved'
            AND report_id = {published.pk}"""
    refused(rule, sql)
    assert content_of(published).total["gross_fen"] == 1000
