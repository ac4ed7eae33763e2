"""A parcel that is lighter, and melons that came spoiled, on a phone."""

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from lukou_market.fulfilment.decide_claims import decide_due_claims
from lukou_market.orders.models import Order
from lukou_market.payments.models import Refund
from lukou_market.payments.settle_refund import settle_refund
from tests.browser.phone import Screenshot, enter
from tests.factories import make_offer, make_session
from tests.fulfilment.parcels import pack, ship, sold
from tests.fulfilment.photos import photo_with_a_place

pytestmark = pytest.mark.django_db(transaction=True)


def money_arrives() -> None:
    """Stripe gives back what is approved."""
    for refund in Refund.objects.filter(status="approved"):
        settle_refund(
            refund_id=refund.pk, succeeded=True, stripe_id=f"re_{refund.pk}", now=timezone.now()
        )


def test_a_parcel_two_per_cent_lighter_is_packed_shipped_and_received(
    page: Page, screenshot: Screenshot
) -> None:
    order = sold(make_offer(make_session()), quantity=2)
    page.goto("/")
    enter(page, order.session.host.user)
    page.goto("/studio/packing/list/")
    screenshot("packing-list")
    page.goto("/studio/packing/")
    screenshot("packing")
    page.fill("[name=packed_kg]", "4.9")
    page.click("form[action$='/pack/'] .button")
    expect(page.locator(".messages")).to_contain_text("¥1.60")
    page.fill("[name=tracking_number]", "EA123456789CN")
    screenshot("packing-to-ship")
    page.click("form[action$='/ship/'] .button")
    page.wait_for_selector(".messages")
    money_arrives()

    enter(page, order.buyer)
    page.goto(f"/orders/{order.number}/")
    expect(page.locator("main")).to_contain_text("−¥1.60")
    expect(page.locator("main")).to_contain_text("EA123456789CN")
    screenshot("order-lighter")
    page.click("form[action$='/received/'] .button")
    page.wait_for_selector(".badge.received")
    order.refresh_from_db()
    assert (order.status, order.refunded_fen) == ("received", 160)


def test_spoiled_melons_are_shown_and_their_price_comes_back(
    page: Page, screenshot: Screenshot, settings: Any, tmp_path: Path
) -> None:
    settings.PRIVATE_DIR = tmp_path
    order = sold(make_offer(make_session()), quantity=2)
    pack(order, 5000)
    ship(order)
    page.goto("/")
    enter(page, order.buyer)
    page.goto(f"/orders/{order.number}/")
    page.click("a[href$='/claim/']")
    page.fill("[name=spoiled_jin]", "2")
    page.set_input_files(
        "[name=photos]",
        {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photo_with_a_place()},
    )
    screenshot("claim")
    page.click("main .button.wide")
    shown = page.locator(".photos img")
    expect(shown).to_have_count(1)
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 480
    screenshot("claim-sent")

    enter(page, order.session.host.user)
    page.goto("/studio/refunds/")
    expect(page.locator(".photos img")).to_have_count(1)
    screenshot("claim-to-decide")
    page.click("[value=approve]")
    page.wait_for_selector(".messages")
    money_arrives()
    assert decide_due_claims(now=timezone.now()) == 0
    assert Order.objects.get().refunded_fen == 1596
