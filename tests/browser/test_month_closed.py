"""A month at the desk, from the village's report to the public page, on the cadres' own screens:
prepared, returned, corrected, reviewed, the month closed, approved, published, posted, objected
to, answered, and restated."""

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from lukou_market.accounts.models import User
from lukou_market.aid import closing_gate
from lukou_market.aid.close_period import check_asked
from lukou_market.kernel.money import yuan
from lukou_market.payments.record_discrepancies import record_discrepancies
from lukou_market.public_notices.models import PublicNotice
from lukou_market.village_reports.content import content_of
from lukou_market.village_reports.models import ReportArchive, VillageReport
from tests.aid.months import IN_JULY, Books
from tests.browser.conftest import DESK, PATIENCE_MS, PHONE
from tests.browser.phone import Screenshot, enter
from tests.factories import make_household, make_link, make_offer, make_producer, make_sku
from tests.support_second_factor import code_for, enrol
from tests.village_reports.people import VILLAGE, Cadres

pytestmark = pytest.mark.django_db(transaction=True)
REPORT = f"/admin/village-reports/{VILLAGE}/2026-06/"
PUBLIC = f"/reports/{VILLAGE}/2026-06/"


@pytest.fixture
def books(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Books:
    """A sale in June, of which three households get their shares."""
    producer, household = make_producer("浦湾合作社"), make_household()
    make_link(producer, household, 3000)
    for head in ("王小发", "欧阳海"):
        make_link(producer, make_household(head=head), 1000)
    books = Books(producer, household, make_offer(sku=make_sku(producer), price_fen=1000))
    monkeypatch.setattr(
        closing_gate,
        "settle_with_stripe",
        lambda now: record_discrepancies(differences=[], now=now),
    )
    books.sale()
    return books


class Desk:
    """The screens of the cadres, one after another."""

    def __init__(self, page: Page, url: str, folder: Path) -> None:
        self.page, self.url, self.folder = page, url, folder

    def screenshot(self, name: str) -> None:
        """Keep what the screen shows."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=self.folder / f"{name}.png", full_page=True)

    def sits(self, user: User, path: str = REPORT) -> None:
        """Another cadre sits down."""
        enrol(user)
        self.user = user
        enter(self.page, user, self.url)
        self.page.goto(self.url + path)

    def sign(self, button: str, *, code: str = "") -> None:
        """Check, type the code, press."""
        self.page.locator("input[name=checked]").check()
        self.page.locator("input[name=code]").fill(code or code_for(self.user))
        self.page.get_by_role("button", name=button, exact=True).click()

    def told(self, message: str) -> None:
        """What was done is said above the page."""
        expect(self.page.locator("body")).to_contain_text(message)

    def sees(self, *words: str) -> None:
        """The page says all of this."""
        for text in words:
            expect(self.page.locator("#content, main").first).to_contain_text(text)


@pytest.fixture
def desk(chromium: Browser, live_server: LiveServer, screenshot: Screenshot) -> Any:
    context = chromium.new_context(viewport=DESK, locale="zh-CN", timezone_id="Asia/Shanghai")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    yield Desk(page, live_server.url, screenshot.folder)
    context.close()


def test_a_month_from_the_villages_report_to_its_restatement(
    desk: Desk, page: Page, live_server: LiveServer, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    monkeypatch.setattr(settings, "PUBLIC_BASE_URL", live_server.url)
    order, cadres = books.sale(), Cadres()
    prepare_return_and_correct(desk, cadres)
    review(desk, cadres)
    close_the_month(desk, cadres)
    approve_and_publish(desk, cadres)
    report = VillageReport.objects.get(status="published")
    look_at_the_public_page(page, report)
    the_files_say_what_the_screen_says(report)
    notice = post_the_notice(desk, cadres)
    number = object_from_a_phone(page, notice)
    answer_the_objection(desk, cadres, number)
    read_the_answer(page, notice, number)
    a_late_refund_is_a_restatement(desk, page, books, order, cadres)


def prepare_return_and_correct(desk: Desk, cadres: Cadres) -> None:
    desk.sits(cadres.village, "/admin/village-reports/?month=2026-06")
    desk.sees("未编制", "待村里编制")
    desk.screenshot("month-1-list")
    desk.page.goto(desk.url + REPORT)
    desk.page.get_by_role("button", name="编制报告").click()
    desk.told("报告已编制")
    desk.sees("20.00", "10.00")
    desk.sits(cadres.town)
    desk.page.locator("textarea[name=reason]").fill("请说明雨天的供货")
    desk.page.get_by_role("button", name="退回村里").click()
    desk.sees("已退回", "请说明雨天的供货")
    desk.sits(cadres.village)
    desk.page.locator("textarea[name=remark]").fill("雨天少发一车，已补发")
    desk.page.get_by_role("button", name="编制新版本").click()
    desk.sees("第 2 版", "雨天少发一车")


def review(desk: Desk, cadres: Cadres) -> None:
    desk.sits(cadres.town)
    desk.screenshot("month-2-review")
    desk.sign("审核", code="000000")
    desk.sees("村已编制")
    assert VillageReport.objects.get(version=2).status == "prepared"
    desk.page.goto(desk.url + REPORT)
    desk.sign("审核")
    desk.told("已签字")
    desk.sees("镇已审核")


def close_the_month(desk: Desk, cadres: Cadres) -> None:
    desk.sits(cadres.district)
    desk.sees("区里尚未签发本月账目")
    desk.page.goto(f"{desk.url}/admin/periods/2026-06/")
    desk.page.get_by_role("button", name="核对账目并编制").click()
    desk.page.wait_for_url("**/admin/periods/2026-06/")
    check_asked(now=timezone.now())
    desk.sits(cadres.district2, "/admin/periods/2026-06/")
    desk.sign("签发本月")
    desk.sees("已签发")
    desk.screenshot("month-3-closed")


def approve_and_publish(desk: Desk, cadres: Cadres) -> None:
    desk.sits(cadres.district)
    desk.sign("批准")
    desk.sees("区已批准")
    desk.sign("公布")
    desk.sees("已公布", "公开页面")
    desk.screenshot("month-4-published")
    desk.page.set_viewport_size(PHONE)
    desk.screenshot("month-4-phone")
    desk.page.set_viewport_size(DESK)


def look_at_the_public_page(page: Page, report: VillageReport) -> None:
    page.goto(PUBLIC)
    main = page.locator("main")
    for words in ("20.00", "10.00", "李**", "雨天少发一车", report.sha256):
        expect(main).to_contain_text(words)
    page.get_by_role("link", name=report.sha256).click()
    expect(main).to_contain_text("核验通过")
    first = VillageReport.objects.get(version=1)
    page.goto(f"/verify/{first.sha256}/")
    expect(main).to_contain_text("已被取代")


def the_files_say_what_the_screen_says(report: VillageReport) -> None:
    archive, total = ReportArchive.objects.get(report=report), content_of(report).total
    book = load_workbook(io.BytesIO(bytes(archive.xlsx)))
    sales: list[Any] = [row[2].value for row in book["各经营主体销售"].iter_rows(min_row=2)]
    assert sales[-1] == f"=SUM(C2:C{len(sales)})"
    assert sum(round(100 * amount) for amount in sales[:-1]) == total["gross_fen"] == 2000
    credits_: list[Any] = [row[4].value for row in book["记入农户"].iter_rows(min_row=2)]
    assert sum(round(100 * amount) for amount in credits_[:-1]) == total["credited_fen"] == 1000
    text = text_of_pdf(bytes(archive.pdf))
    for words in (yuan(total["gross_fen"]), yuan(total["credited_fen"]), "李**", report.sha256):
        assert words in text


def post_the_notice(desk: Desk, cadres: Cadres) -> str:
    """The village hangs it out; its number."""
    desk.sits(cadres.village, "/admin/public-notices/")
    desk.page.get_by_role("link", name="核对并张贴").click()
    desk.sees("李**", "10.00", "不得更改、撤下")
    desk.page.get_by_role("button", name="张贴", exact=True).click()
    desk.sees("进行中")
    desk.screenshot("month-5-notice")
    return PublicNotice.objects.get().number


def object_from_a_phone(page: Page, notice: str) -> str:
    """Somebody who did not sign in objects; the receipt number that the page shows."""
    page.goto("/public-notices/")
    page.locator(f"a[href*='{notice}']").first.click()
    expect(page.locator("main")).to_contain_text("10.00")
    keep = Screenshot(page, Path(settings.VAR_DIR) / "screenshots")
    keep("month-6-public-notice")
    page.locator("#object textarea").fill("我家少了一单")
    page.locator("#object [name=phone]").fill("13812345678")
    page.get_by_role("button", name="提交异议").click()
    page.wait_for_url("**/objections/*/")
    expect(page.locator("main")).not_to_contain_text("少了一单")
    keep("month-7-receipt")
    return page.locator("h1 .number").inner_text()


def answer_the_objection(desk: Desk, cadres: Cadres, number: str) -> None:
    """Not by the village: by its town."""
    path = f"/admin/objections/{number}/"
    desk.sits(cadres.village, path)
    desk.sees("我家少了一单", "村里不得自行办理")
    expect(desk.page.get_by_role("button", name="受理")).to_have_count(0)
    desk.sits(cadres.town, "/admin/objections/")
    desk.page.get_by_role("link", name=number).click()
    desk.sees("我家少了一单")
    expect(desk.page.locator("#content, main").first).not_to_contain_text("13812345678")
    desk.page.get_by_role("button", name="受理", exact=True).click()
    desk.page.locator("textarea[name=words]").fill("已逐单核对，金额无误")
    desk.screenshot("month-8-objection")
    desk.page.get_by_role("button", name="异议不成立", exact=True).click()
    desk.sees("town", "异议不成立", "已逐单核对，金额无误")


def read_the_answer(page: Page, notice: str, number: str) -> None:
    """By the number, and beside the notice."""
    page.goto(f"/objections/?number={number}")
    expect(page.locator("main")).to_contain_text("已逐单核对，金额无误")
    page.goto(f"/public-notices/{notice}/")
    expect(page.locator("main")).to_contain_text("已逐单核对，金额无误")


def text_of_pdf(pdf: bytes) -> str:
    """The words of the paper, without the breaks of its lines."""
    found = shutil.which("pdftotext")
    assert found, "this test needs pdftotext: apt-get install poppler-utils"
    read = subprocess.run([found, "-", "-"], input=pdf, capture_output=True, check=True)
    return "".join(read.stdout.decode().split())


def a_late_refund_is_a_restatement(
    desk: Desk, page: Page, books: Books, order: Any, cadres: Cadres
) -> None:
    archived = bytes(ReportArchive.objects.get().pdf)
    books.refund(order, 400, now=IN_JULY)
    cache.clear()
    page.goto(PUBLIC)
    for words in ("调整", "20.00", "-4.00", "16.00", "-2.00", "8.00"):
        expect(page.locator("#restatement")).to_contain_text(words)
    Screenshot(page, desk.folder)("month-9-restated")
    desk.sits(cadres.village)
    for words in ("-4.00", "16.00", "退款"):
        expect(desk.page.locator("#restatement")).to_contain_text(words)
    assert bytes(ReportArchive.objects.get().pdf) == archived
