"""A host with a phone, from the announcement to the parcel."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from lukou_market.streams.models import Host, LiveSession
from tests.browser.phone import Screenshot, sign_in
from tests.factories import (
    make_host,
    make_producer,
    make_region,
    make_sku,
    make_user,
    place_paid,
)

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = "13987654321"


@pytest.fixture
def host() -> Host:
    village = make_region("430212101001", "浦湾村")
    make_sku(make_producer("浦湾甜瓜专业合作社", village))
    return make_host(make_user("刘书记", PHONE), village)


def test_from_the_announcement_to_the_parcel(
    page: Page, host: Host, screenshot: Screenshot
) -> None:
    page.goto("/studio/")
    sign_in(page, PHONE)
    page.wait_for_url("**/studio/")
    screenshot("studio-empty")

    page.click("a[href='/studio/schedule/']")
    page.fill("[name=title]", "浦湾甜瓜专场")
    starts = timezone.localtime() + timedelta(hours=2)
    page.fill("[name=scheduled_at]", f"{starts:%Y-%m-%dT%H:%M}")
    screenshot("studio-schedule")
    page.click("main .button")
    page.wait_for_url("**/studio/sessions/*/")

    page.select_option("[name=sku]", index=1)
    page.fill("[name=price]", "39.90")
    page.fill("[name=quota]", "200")
    screenshot("studio-session-new")
    page.click("form[action$='/offers/'] > .button")
    expect(page.locator("article")).to_have_count(1)

    page.click("[value=start]")
    page.wait_for_selector(".badge.live")
    page.click("[value=pin]")
    page.wait_for_selector("[value=unpin]")
    session = LiveSession.objects.get()
    offer = session.offers.get()
    assert (offer.price_fen, session.pinned_offer) == (3990, offer)
    place_paid(make_user(), offer, 2, now=timezone.now())
    expect(page.locator("#figures")).to_contain_text("¥79.80")  # by itself
    screenshot("studio-session-live")

    page.goto("/studio/packing/")
    screenshot("studio-packing")
    page.click("article .button")
    page.fill("[name=tracking_number]", "EA123456789CN")
    screenshot("studio-shipping")
    page.click("article .button")
    page.goto(f"/studio/sessions/{session.pk}/")
    page.locator("summary").last.click()
    screenshot("studio-session-end")
    page.click("[value=end]")
    page.wait_for_selector(".badge.ended")
    session.refresh_from_db()
    assert session.status == "ended"
    screenshot("studio-session-ended")
    page.goto("/studio/")
    screenshot("studio-sessions")


def test_other_pages_fit_too(page: Page, screenshot: Screenshot) -> None:
    page.goto("/")
    screenshot("streams-empty")
    page.goto("/nowhere/")
    screenshot("not-found")
    make_user("买家", PHONE)
    page.goto("/studio/")
    sign_in(page, PHONE)
    page.wait_for_url("**/studio/")
    screenshot("studio-not-a-host")
    page.goto("/orders/")
    screenshot("orders-empty")
