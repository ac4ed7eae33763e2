"""The admin's first page in a browser: wide, narrow, light, dark, printed, without scripts."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, ViewportSize
from pytest_django.live_server_helper import LiveServer

from lukou_market.accounts.models import User
from lukou_market.aid.models import HouseholdTotal, ProducerTotal, SalesDay
from lukou_market.demo.seed import seed_demo
from lukou_market.households.models import Household, Producer
from lukou_market.regions.models import Level, Region
from lukou_market.reports.set_target import approve_target, propose_target
from lukou_market.streams.models import Offer
from tests.browser.conftest import DESK, PHONE
from tests.browser.looks import grave, too_wide
from tests.browser.phone import enter

pytestmark = pytest.mark.django_db(transaction=True)
MONTH = "/admin/?month=2026-06"
_SOLD = (4_210_000_00, 2_650_000_00, 980_000_00, 730_000_00, 410_000_00, 90_000_00, 9_000_00, 50_00)
_TARGETS = (4_000_000, 3_000_000, 1_500_000, 2_000_000, 900_000, 700_000, 400_000)
_PICTURES = Path(settings.VAR_DIR) / "screenshots"
_OUTSIDE = """() => [...document.querySelectorAll(".dash-map a")].flatMap((tile) => {
    const box = tile.querySelector("rect").getBBox();
    return [...tile.querySelectorAll("text")].filter((one) => {
        const words = one.getBBox();
        return words.x < box.x || words.x + words.width > box.x + box.width
            || words.y + words.height > box.y + box.height;
    }).map((one) => one.textContent);
})"""


@pytest.fixture
def district(db: None) -> User:
    """The demonstration's district in which every town has sold something, with targets."""
    now = timezone.now()
    seed_demo(now=now)
    _PICTURES.mkdir(parents=True, exist_ok=True)
    proposer, approver = (User.objects.get(username=name) for name in ("district", "district2"))
    offer = Offer.objects.earliest("id")
    for n, town in enumerate(Region.objects.filter(level=Level.TOWN)):
        village = Region.objects.filter(parent=town).first()
        assert village is not None
        producer = Producer.objects.create(
            name=f"{town}合作社", kind="cooperative", village=village
        )
        _sell(producer, offer, _SOLD[n])
        if n < len(_TARGETS):
            target = propose_target(
                region=town, year=2026, target_fen=_TARGETS[n] * 100, by=proposer, now=now
            )
            approve_target(target_id=target.pk, by=approver, now=now)
    return proposer


def _sell(producer: Producer, offer: Offer, fen: int) -> None:
    ProducerTotal.objects.create(
        producer=producer, month=date(2026, 6, 1), channel="livestream", gross_fen=fen,
        refunded_fen=fen // 50,
    )  # fmt: skip
    for week in range(24):
        day = date.fromordinal(date(2026, 1, 14).toordinal() + 7 * week)
        SalesDay.objects.create(
            producer=producer, offer=offer, channel="livestream", month=day.replace(day=1), day=day,
            gross_fen=fen * (week % 7 + 1) // 40, refunded_fen=fen // 400,
        )  # fmt: skip
    for household in Household.objects.filter(village=producer.village)[:5]:
        HouseholdTotal.objects.create(
            household=household, month=date(2026, 6, 1), channel="livestream",
            income_kind="property", credited_fen=fen // 20, pending_fen=fen // 60,
        )  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["wide", "narrow"])
def test_the_first_page_is_readable(
    chromium: Browser, live_server: LiveServer, district: User, size: ViewportSize, scheme: Any
) -> None:
    context = chromium.new_context(viewport=size, locale="zh-CN", color_scheme=scheme)
    page = context.new_page()
    enter(page, district, live_server.url)
    page.goto(live_server.url + MONTH)
    page.locator(".dash-map:visible").wait_for()
    picture = _PICTURES / f"first-page-{size['width']}-{scheme}.png"
    page.screenshot(path=picture, full_page=True)
    assert too_wide(page) == []
    assert page.evaluate(_OUTSIDE) == []
    assert grave(page, within=".dash") == []
    page.locator(".dash-map:visible a").first.click()
    page.wait_for_url("**/admin/?region=*")
    context.close()


def test_the_first_page_prints_its_charts_and_all_its_tables(
    chromium: Browser, live_server: LiveServer, district: User
) -> None:
    context = chromium.new_context(viewport=DESK, locale="zh-CN", color_scheme="dark")
    page = context.new_page()
    enter(page, district, live_server.url)
    page.goto(live_server.url + MONTH)
    page.emulate_media(media="print")
    assert not page.locator("#nav-sidebar").is_visible()
    assert page.locator(".dash-map.dash-wide").is_visible()
    assert page.locator(".dash details td").last.is_visible()
    page.pdf(path=_PICTURES / "first-page.pdf", prefer_css_page_size=True)
    context.close()


def test_the_first_page_needs_no_scripts(
    chromium: Browser, live_server: LiveServer, district: User
) -> None:
    context = chromium.new_context(viewport=DESK, locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    enter(page, district, live_server.url)
    page.goto(live_server.url + MONTH)
    assert page.locator(".dash-map.dash-wide").is_visible()
    assert page.locator(".dash-weeks.dash-wide rect.sold").count() == 26
    context.close()
