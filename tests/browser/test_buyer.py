"""A buyer with a phone, from the tap to the households."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from lukou_market.aid.post_orders import post_due_orders
from lukou_market.demo.stripe_standin.server import StandIn
from lukou_market.fulfilment.pack_order import pack_order
from lukou_market.fulfilment.ship_order import ship_order
from lukou_market.orders.models import Order
from lukou_market.orders.place_order import place_order
from lukou_market.payments.models import Refund
from lukou_market.payments.process_webhooks import process_due_webhooks
from lukou_market.streams.models import LiveSession, Offer
from lukou_market.streams.pin_offer import pin_offer
from tests.browser.phone import Screenshot, enter, sign_in
from tests.embedded.waiting import eventually
from tests.factories import (
    make_host,
    make_household,
    make_link,
    make_offer,
    make_producer,
    make_region,
    make_session,
    make_sku,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = "13812345678"


@pytest.fixture
def session() -> LiveSession:
    """A live session that sells two sizes of melons, the first of them pinned."""
    make_region("430212101000", "朱亭镇")
    village = make_region("430212101001", "浦湾村")
    producer = make_producer("浦湾甜瓜专业合作社", village)
    for head, share_bp in (("李大山", 3000), ("王秀英", 2500), ("陈国强", 1500)):
        make_link(
            producer,
            make_household(village=village, head=head),
            share_bp,
            since=timezone.now() - timedelta(days=9),
        )
    host = make_host(make_user("刘书记"), village)
    session = make_session(host=host, at=timezone.now())
    large, small = make_sku(producer, weight_g=5000), make_sku(producer, weight_g=2500)
    session.pinned_offer = make_offer(session, sku=large, price_fen=6990, quota=120)
    session.save()
    make_offer(session, sku=small, price_fen=3990, quota=300)
    return session


def order_somebody_else(offer: Offer, quantity: int) -> None:
    place_order(
        buyer_id=make_user().pk,
        key="somebody-else",
        offer_id=offer.pk,
        quantity=quantity,
        shown_total_fen=quantity * offer.price_fen,
        now=timezone.now(),
    )


def test_from_the_tap_to_the_households(
    page: Page, standin: StandIn, session: LiveSession, screenshot: Screenshot
) -> None:
    page.goto("/")
    screenshot("streams")
    page.click(".live-card")
    pinned = page.locator(".offer.pinned")
    pinned.locator("[data-step='1']").click()
    expect(pinned.locator(".total")).to_have_text("¥139.80")
    screenshot("room")
    pinned.locator("form .button").click()

    sign_in(page, PHONE, screenshot=screenshot)
    page.wait_for_url("**/orders/*/")
    order = Order.objects.get()
    assert order.total_fen == 13980
    expect(page.locator(".countdown")).to_contain_text("14:")
    screenshot("order-placed")

    page.fill("[name=recipient]", "王小明")
    page.fill("[name=phone]", PHONE)
    page.fill("[name=text]", "湖南省株洲市天元区黄河北路 1 号")
    page.click("form[action$='/pay/'] .button")
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


def test_the_room_shows_what_others_take_and_what_the_host_pins(
    page: Page, standin: StandIn, session: LiveSession, screenshot: Screenshot
) -> None:
    first, second = session.offers.all()
    page.goto(f"/live/{session.pk}/")
    order_somebody_else(first, 5)
    expect(page.locator(f"[data-offer='{first.pk}'] .left")).to_have_text("115")
    pin_offer(session_id=session.pk, offer_id=second.pk)
    expect(page.locator(".offer.pinned")).to_have_attribute("data-offer", str(second.pk))
    Offer.objects.filter(pk=second.pk).update(taken=300)
    expect(page.locator(".offer.pinned form .button")).to_be_disabled()
    LiveSession.objects.filter(pk=session.pk).update(status="interrupted")
    expect(page.locator("#status")).to_have_class("badge interrupted")
    screenshot("room-sold-out")


def test_ordering_works_without_scripts(
    chromium: Browser, live_server: LiveServer, session: LiveSession
) -> None:
    plain = chromium.new_context(java_script_enabled=False, base_url=live_server.url)
    page = plain.new_page()
    page.goto(f"/live/{session.pk}/")
    page.fill(".offer.pinned .quantity", "3")
    page.click(".offer.pinned form .button")
    sign_in(page, PHONE)
    page.wait_for_url("**/orders/*/")
    plain.close()
    assert Order.objects.get().total_fen == 3 * 6990


def test_a_room_weighs_less_than_a_picture(page: Page, session: LiveSession) -> None:
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    with page.expect_response("**/state/"):
        page.goto(f"/live/{session.pk}/")
    assert len(sizes) >= 3 and sum(sizes) <= 70_000
