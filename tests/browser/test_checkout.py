"""Paying on a phone, and what goes wrong around it: each page tells the truth at every moment."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from lukou_market.accounts.models import User
from lukou_market.addresses.address_book import keep_address
from lukou_market.demo.stripe_standin.server import StandIn
from lukou_market.fulfilment.pack_order import pack_order
from lukou_market.fulfilment.ship_order import ship_order
from lukou_market.orders.expire_orders import expire_due_orders
from lukou_market.orders.models import Order, ShippingRate
from lukou_market.payments.check_checkouts import check_open_checkouts
from lukou_market.payments.models import Payment, Refund
from lukou_market.payments.process_webhooks import process_due_webhooks
from lukou_market.payments.send_refunds import send_due_refunds
from lukou_market.streams.models import Offer
from tests.browser.phone import Screenshot, enter
from tests.embedded.waiting import eventually
from tests.factories import make_offer, make_user, make_voucher, place

pytestmark = pytest.mark.django_db(transaction=True)
PAY = "form[action$='/pay/'] [name=pay]"


@pytest.fixture
def buyer(page: Page, live_server: Any) -> User:
    """Signed in, with an address used before."""
    buyer = make_user(phone="13812345678")
    keep_address(
        owner_id=buyer.pk, recipient="王小明", phone="13812345678", division="430211",
        street="黄河北路 1 号", now=timezone.now(),
    )  # fmt: skip
    enter(page, buyer, live_server.url)
    return buyer


@pytest.fixture
def offer() -> Offer:
    return make_offer(quota=2)


@pytest.fixture
def order(page: Page, standin: StandIn, buyer: User, offer: Offer) -> Order:
    order = place(buyer, offer, now=timezone.now())
    page.goto(f"/orders/{order.number}/")
    return order


def to_stripe(page: Page) -> None:
    page.click(PAY)
    page.wait_for_url("**/pay/cs_*")


def come_back(page: Page, button: str = "#alipay") -> None:
    page.click(button)
    page.wait_for_url("**/orders/**")


def run_out(order: Order) -> None:
    """The reservation's time is over."""
    Order.objects.filter(pk=order.pk).update(pay_by=timezone.now() - timedelta(seconds=1))
    expire_due_orders(now=timezone.now())


def settled() -> bool:
    """Stripe's events have come and led to a refund."""
    process_due_webhooks(now=timezone.now())
    return Refund.objects.exists()


def status(order: Order) -> str:
    order.refresh_from_db()
    return order.status


def test_a_new_address_a_voucher_and_shipping(
    page: Page, order: Order, screenshot: Screenshot
) -> None:
    ShippingRate.objects.create(prefix="32", name="江苏", first_fen=800)
    voucher = make_voucher(500)
    page.check("[name=saved][value='']")
    page.fill("[name=recipient]", "李四")
    page.fill("[name=phone]", "13900001111")
    page.select_option("[name=province]", "320000")
    expect(page.locator("[name=city] option")).not_to_have_count(1)
    page.select_option("[name=city]", "320100")
    expect(page.locator("[name=county] option")).not_to_have_count(1)
    page.select_option("[name=county]", "320106")
    page.fill("[name=text]", "中山路 1 号")
    page.click("#checkout summary")
    page.fill("[name=voucher_code]", voucher.code)
    screenshot("checkout-new-address")
    page.click(PAY)
    expect(page.locator(PAY)).to_contain_text("¥42.90")
    screenshot("checkout-new-total")
    to_stripe(page)
    come_back(page)
    expect(page.locator(".badge.paid")).to_be_visible()
    order.refresh_from_db()
    assert order.address == "江苏省南京市鼓楼区 中山路 1 号"
    assert Payment.objects.get().amount_fen == 4290
    screenshot("checkout-paid-with-voucher")


def test_paid_before_the_webhook_and_nothing_is_paid_again_on_the_way_back(
    page: Page, order: Order, standin: StandIn
) -> None:
    standin.misbehave(drop=1)
    to_stripe(page)
    come_back(page)
    expect(page.locator(".badge.paid")).to_be_visible()  # Stripe was asked, once
    page.go_back()
    page.go_back()
    expect(page.locator(".badge.paid")).to_be_visible()
    expect(page.locator(PAY)).to_have_count(0)
    assert Payment.objects.count() == 1


def test_while_nobody_knows_the_page_waits_and_then_tells(
    page: Page, order: Order, standin: StandIn, settings: Any, screenshot: Screenshot
) -> None:
    standin.misbehave(drop=1)
    to_stripe(page)
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    come_back(page)
    expect(page.locator(".note.warn")).to_be_visible()
    expect(page.locator(PAY)).to_have_count(0)
    screenshot("checkout-waiting")
    settings.STRIPE_API_BASE = standin.base_url
    check_open_checkouts(now=timezone.now() + timedelta(seconds=31))
    expect(page.locator(".badge.paid")).to_be_visible()  # the page renews itself


def test_leaving_stripes_page_keeps_the_order_to_be_paid_later(
    page: Page, order: Order, screenshot: Screenshot
) -> None:
    to_stripe(page)
    come_back(page, "#cancel")
    expect(page.locator(".note.warn")).to_be_visible()
    screenshot("checkout-cancelled-at-stripe")
    page.goto("/orders/")
    page.click("a.card")
    to_stripe(page)
    come_back(page)
    expect(page.locator(".badge.paid")).to_be_visible()
    assert status(order) == "paid"


def test_paid_too_late_is_settled_without_a_person(
    page: Page, order: Order, offer: Offer, standin: StandIn, screenshot: Screenshot
) -> None:
    to_stripe(page)
    run_out(order)
    place(make_user(), offer, 2, now=timezone.now())  # somebody else has them now
    come_back(page)
    expect(page.locator(".badge.expired")).to_be_visible()
    assert Refund.objects.get().reason == "paid_late"
    send_due_refunds(now=timezone.now())
    page.reload()
    expect(page.locator("main")).to_contain_text("¥39.90")
    screenshot("checkout-paid-too-late")
    assert Refund.objects.get().status in ("sent", "succeeded")


def test_paid_late_but_still_there_is_sent(page: Page, order: Order) -> None:
    to_stripe(page)
    run_out(order)
    come_back(page)
    expect(page.locator(".badge.paid")).to_be_visible()
    assert status(order) == "paid" and not Refund.objects.exists()


def test_paid_in_two_tabs_the_second_goes_back(
    page: Page, order: Order, standin: StandIn, screenshot: Screenshot
) -> None:
    to_stripe(page)
    first = page.url
    page.goto(f"/orders/{order.number}/")
    to_stripe(page)
    come_back(page)
    expect(page.locator(".badge.paid")).to_be_visible()
    page.goto(first)
    come_back(page)
    assert eventually(settled)
    page.reload()
    expect(page.locator("main")).to_contain_text("重复付款")
    screenshot("checkout-paid-twice")
    assert Payment.objects.filter(applied=True).count() == 1


def test_every_button_tapped_twice_counts_once(
    page: Page, order: Order, offer: Offer, buyer: User, standin: StandIn
) -> None:
    page.dblclick(PAY)
    page.wait_for_url("**/pay/cs_*")
    assert Payment.objects.count() == 1
    page.dblclick("#alipay")
    page.wait_for_url("**/orders/**")
    expect(page.locator(".badge.paid")).to_be_visible()
    process_due_webhooks(now=timezone.now())
    pack_order(order_id=order.pk, packer=buyer, packed_g=2500, now=timezone.now())
    ship_order(order_id=order.pk, carrier="ems", tracking_number="EA2CN", now=timezone.now())
    page.goto(f"/orders/{order.number}/")
    page.dblclick("form[action$='/received/'] .button")
    expect(page.locator(".badge.received")).to_be_visible()
    page.click("main section summary")
    page.fill("[name=amount]", "1.00")
    page.dblclick("form[action$='/refund/'] .button")
    expect(page.locator(".messages .success")).to_be_visible()
    assert Refund.objects.count() == 1
    another = place(buyer, offer, now=timezone.now())
    page.goto(f"/orders/{another.number}/")
    page.dblclick("form[action$='/cancel/'] .button")
    expect(page.locator(".badge.cancelled")).to_be_visible()
    expect(page.locator(".messages .error")).to_have_count(0)


def test_in_english_to_the_same_end(page: Page, order: Order, screenshot: Screenshot) -> None:
    page.click("[name=language][value=en]")
    expect(page.locator(PAY)).to_contain_text("Pay")
    screenshot("checkout-english")
    to_stripe(page)
    come_back(page)
    expect(page.locator(".badge.paid")).to_have_text("Paid")


def test_the_account_on_a_phone(page: Page, order: Order, screenshot: Screenshot) -> None:
    page.goto("/account/")
    page.click("summary")
    screenshot("account")
