"""A buyer with a phone, from the tap to the households."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from lukou_market.aid.post_orders import post_due_orders
from lukou_market.demo.stripe_standin.server import StandIn
from lukou_market.fulfilment.pack_order import pack_order
from lukou_market.fulfilment.ship_order import ship_order
from lukou_market.orders.models import Order
from lukou_market.payments.models import Refund
from lukou_market.payments.process_webhooks import process_due_webhooks
from lukou_market.streams.models import LiveSession
from tests.browser.phone import Screenshot, enter, sign_in
from tests.browser.rooms import make_room
from tests.embedded.waiting import eventually

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = "13812345678"


@pytest.fixture
def session() -> LiveSession:
    return make_room()


def test_from_the_tap_to_the_households(
    page: Page, standin: StandIn, session: LiveSession, screenshot: Screenshot
) -> None:
    page.goto("/")
    screenshot("streams")
    page.click(".live-card")
    screenshot("room")
    page.click("#pinned .buy")
    page.click("#order [data-step='1']")
    expect(page.locator("#order .button.wide")).to_contain_text("¥139.80")
    page.dblclick("#order .button.wide")

    sign_in(page, PHONE, screenshot=screenshot)
    page.wait_for_url("**/orders/*/")
    order = Order.objects.get()
    assert order.total_fen == 13980
    expect(page.locator(".countdown")).to_contain_text("14:")
    screenshot("order-placed")

    page.fill("[name=recipient]", "王小明")
    page.fill("[name=phone]", PHONE)
    page.fill("[name=text]", "湖南省株洲市天元区黄河北路 1 号")
    page.click("[name=pay]")
    page.wait_for_url("**/pay/*")
    page.click("#alipay")
    page.wait_for_url("**/orders/*/?paid=1")
    screenshot("order-confirming")
    assert eventually(lambda: process_due_webhooks(now=timezone.now()))
    page.wait_for_selector(".badge.paid")  # the page looks again by itself
    screenshot("order-paid")

    pack_order(order_id=order.pk, packer=session.host.user, packed_g=10_050, now=timezone.now())
    ship_order(order_id=order.pk, carrier="ems", tracking_number="EA1CN", now=timezone.now())
    page.goto(f"/orders/{order.number}/")
    screenshot("order-shipped")
    page.click("form[action$='/received/'] .button")
    page.wait_for_selector(".badge.received")
    assert post_due_orders(now=timezone.now())
    page.reload()
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(4)
    amounts = [
        row.replace(",", "") for row in page.locator("tbody td:last-child").all_inner_texts()
    ]
    assert sum(int(amount.replace(".", "")) for amount in amounts) == 13980
    screenshot("order-received")
    page.goto("/orders/")
    screenshot("orders")

    page.goto(f"/orders/{order.number}/")
    page.click("summary")
    page.fill("[name=amount]", "10.00")
    page.fill("[name=note]", "两个甜瓜坏了")
    screenshot("order-refund-form")
    page.click("form[action$='/refund/'] .button")
    expect(page.locator("form[action$='/refund/']")).to_have_count(0)
    screenshot("order-refund-asked")
    enter(page, session.host.user)
    page.goto("/studio/refunds/")
    screenshot("studio-refunds")
    page.click("[value=approve]")
    page.wait_for_selector(".messages")
    assert Refund.objects.get().status == "approved"
    screenshot("studio-refunds-decided")
