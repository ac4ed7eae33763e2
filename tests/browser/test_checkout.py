"""Paying on a phone, and what goes wrong around it: each page tells the truth at every moment."""

from collections.abc import ItemsView
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from lukou_market.accounts.models import User
from lukou_market.addresses.address_book import keep_address
from lukou_market.demo.stripe_standin.server import StandIn
from lukou_market.fulfilment.pack_order import pack_order
from lukou_market.fulfilment.ship_order import ship_order
from lukou_market.orders.expire_orders import expire_due_orders
from lukou_market.orders.models import Order, ShippingRate, Voucher
from lukou_market.payments import stripe_gateway
from lukou_market.payments.book import CLEARING, UNAPPLIED
from lukou_market.payments.check_checkouts import check_open_checkouts, close_stale_checkouts
from lukou_market.payments.models import Payment, Refund
from lukou_market.payments.process_webhooks import process_due_webhooks
from lukou_market.payments.send_refunds import send_due_refunds
from lukou_market.streams.models import Offer
from tests.balance import balance_fen
from tests.browser.conftest import PHONE
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


def use_voucher(page: Page, code: str) -> None:
    """Type it and tap to pay; a total that changes is shown first."""
    if not page.is_visible("[name=voucher_code]"):
        page.click("#checkout summary")
    page.fill("[name=voucher_code]", code)
    page.click(PAY)


def facts(page: Page) -> ItemsView[str, str]:
    """What the order's page lists, by its name."""
    names, values = (page.locator(f".facts {part}").all_inner_texts() for part in ("dt", "dd"))
    return dict(zip(names, values, strict=True)).items()


def come_back(page: Page, button: str = "#alipay") -> None:
    page.click(button)
    page.wait_for_url("**/orders/**")


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The checkouts that the pages asked Stripe about."""
    asked, fetch = [], stripe_gateway.fetch_checkout

    def note(session_id: str) -> stripe_gateway.Checkout:
        asked.append(session_id)
        return fetch(session_id)

    monkeypatch.setattr(stripe_gateway, "fetch_checkout", note)
    return asked


def paid_once(order: Order, standin: StandIn) -> bool:
    """Here, at Stripe, and in the book."""
    charges = [charge["amount"] for charge in standin.account.store.newest_first("charge")]
    payments = Payment.objects.filter(status="succeeded", applied=True)
    assert (status(order), payments.count(), charges) == ("paid", 1, [order.due_fen])
    return balance_fen(CLEARING) == order.due_fen


def run_out(order: Order) -> None:
    """The reservation's time is over."""
    Order.objects.filter(pk=order.pk).update(pay_by=timezone.now() - timedelta(seconds=1))
    expire_due_orders(now=timezone.now())


def settled() -> bool:
    """Stripe's events have come and led to a refund."""
    process_due_webhooks(now=timezone.now())
    return Refund.objects.exists()


def gone_back() -> bool:
    """Stripe has said that the money is on its way."""
    process_due_webhooks(now=timezone.now())
    return Refund.objects.get().status == "succeeded"


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
    assert (order.discount_fen, Voucher.objects.get().used_fen) == (500, 500)
    assert (
        facts(page)
        >= {"商品": "¥39.90", "运费": "¥8.00", "工会券": "−¥5.00", "已付款": "¥42.90"}.items()
    )
    screenshot("checkout-paid-with-voucher")
    page.click("form[action$='/receipt/'] .button")
    page.click("#receipt a")
    expect(page.locator("main")).to_contain_text("¥39.90")  # the union's part reaches them, too
    screenshot("checkout-receipt-with-voucher")


def test_a_voucher_says_in_words_why_it_does_not_count(
    page: Page, order: Order, buyer: User, offer: Offer, screenshot: Screenshot
) -> None:
    voucher, dear = make_voucher(500), make_voucher(500, min_goods_fen=5000)
    use_voucher(page, voucher.code)
    expect(page.locator(PAY)).to_contain_text("¥34.90")
    to_stripe(page)
    another = place(buyer, offer, now=timezone.now())
    page.goto(f"/orders/{another.number}/")
    refusals = {voucher.code: "每人限用 1 次", dear.code: "满 ¥50.00", "GH1": "没有这张券"}
    for code, words in refusals.items():
        use_voucher(page, code)
        expect(page.locator(".messages .error")).to_contain_text(words)
    screenshot("checkout-voucher-refused")
    assert Payment.objects.count() == 1
    use_voucher(page, "")
    page.wait_for_url("**/pay/cs_*")
    assert Payment.objects.filter(order=another).get().amount_fen == 3990


def test_paid_before_the_webhook_and_nothing_is_paid_again_on_the_way_back(
    page: Page, order: Order, standin: StandIn, looks: list[str]
) -> None:
    standin.misbehave(delay=1, delay_s=30)
    other_tab = page.context.new_page()
    other_tab.goto(page.url)
    to_stripe(page)
    come_back(page)
    expect(page.locator(".badge.paid")).to_be_visible()
    other_tab.click(PAY)
    expect(other_tab.locator(".badge.paid")).to_be_visible()
    page.go_back()
    page.go_back()
    expect(page.locator(".badge.paid")).to_be_visible()
    expect(page.locator(PAY)).to_have_count(0)
    assert len(looks) == 1
    standin.release()
    assert eventually(lambda: process_due_webhooks(now=timezone.now()))
    assert paid_once(order, standin)


def test_while_nobody_knows_the_page_waits_and_then_tells(
    page: Page,
    order: Order,
    standin: StandIn,
    looks: list[str],
    settings: Any,
    screenshot: Screenshot,
) -> None:
    standin.misbehave(delay=1, delay_s=30)
    to_stripe(page)
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    come_back(page)
    expect(page.locator(".note.warn")).to_contain_text("请勿重复付款")
    expect(page.locator(PAY)).to_have_count(0)
    screenshot("checkout-waiting")
    settings.STRIPE_API_BASE = standin.base_url
    for _ in range(2):  # by itself
        page.wait_for_event("framenavigated")
    expect(page.locator(".note.warn")).to_be_visible()
    assert len(looks) == 1 and status(order) == "placed"
    standin.release()
    assert eventually(lambda: process_due_webhooks(now=timezone.now()))
    expect(page.locator(".badge.paid")).to_be_visible()
    assert len(looks) == 1 and paid_once(order, standin)


def test_a_webhook_that_never_comes_is_not_waited_for(
    page: Page, order: Order, standin: StandIn, settings: Any
) -> None:
    standin.misbehave(drop=1)
    to_stripe(page)
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    come_back(page)
    expect(page.locator(".note.warn")).to_be_visible()
    settings.STRIPE_API_BASE = standin.base_url
    check_open_checkouts(now=timezone.now() + timedelta(seconds=31))
    expect(page.locator(".badge.paid")).to_be_visible()
    assert paid_once(order, standin)


def test_leaving_stripes_page_keeps_the_order_to_be_paid_later(
    page: Page, order: Order, standin: StandIn, screenshot: Screenshot
) -> None:
    to_stripe(page)
    come_back(page, "#cancel")
    until = timezone.localtime(order.pay_by).strftime("%H:%M")
    expect(page.locator(".note.warn")).to_contain_text(until)
    expect(page.locator(".badge.placed")).to_be_visible()
    assert balance_fen(CLEARING) == 0
    screenshot("checkout-cancelled-at-stripe")
    page.goto("/orders/")
    screenshot("checkout-orders-to-pay")
    page.click("a.card")
    to_stripe(page)
    come_back(page)
    expect(page.locator(".badge.paid")).to_be_visible()
    close_stale_checkouts(now=timezone.now())
    assert set(Payment.objects.values_list("status", flat=True)) == {"succeeded", "closed"}
    assert paid_once(order, standin)


def test_paid_too_late_is_settled_without_a_person(
    page: Page, order: Order, offer: Offer, standin: StandIn, screenshot: Screenshot
) -> None:
    to_stripe(page)
    run_out(order)
    place(make_user(), offer, 2, now=timezone.now())  # somebody else has them now
    come_back(page)
    expect(page.locator(".badge.expired")).to_be_visible()
    expect(page.locator(".note.warn")).to_contain_text("自动原路全额退回")
    assert Refund.objects.get().reason == "paid_late"
    screenshot("checkout-paid-too-late")
    assert balance_fen(UNAPPLIED) == -3990
    send_due_refunds(now=timezone.now())
    assert eventually(gone_back)
    page.reload()
    expect(page.locator("main")).to_contain_text("¥39.90")
    screenshot("checkout-paid-too-late-and-back")
    expect(page.locator("main")).not_to_contain_text("每一分钱")  # it goes to nobody
    assert [refund["amount"] for refund in standin.account.store.newest_first("refund")] == [3990]
    assert balance_fen(UNAPPLIED) == balance_fen(CLEARING) == 0


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
    given_up = place(buyer, offer, now=timezone.now())
    page.goto(f"/orders/{given_up.number}/")
    to_stripe(page)
    come_back(page)
    page.dblclick("form[action$='/withdraw/'] .button")
    expect(page.locator(".messages .success")).to_be_visible()
    expect(page.locator(".messages .error")).to_have_count(0)
    assert [refund.amount_fen for refund in Refund.objects.order_by("pk")] == [100, 3990]
    assert Payment.objects.count() == 2


def test_tapped_twice_where_no_script_holds_the_second_back(
    chromium: Browser, live_server: LiveServer, standin: StandIn, offer: Offer
) -> None:
    phone = chromium.new_context(
        viewport=PHONE, base_url=live_server.url, locale="zh-CN", java_script_enabled=False
    )
    page, buyer = phone.new_page(), make_user()
    enter(page, buyer, live_server.url)
    page.goto(f"/live/{offer.session_id}/")
    page.dblclick(".order-form .button.wide")
    page.wait_for_url("**/orders/*/")
    order = Order.objects.get()
    page.fill("[name=recipient]", "王小明")
    page.fill("#checkout [name=phone]", "13812345678")
    page.fill("[name=text]", "湖南省株洲市天元区黄河北路 1 号")
    page.dblclick(PAY)
    page.wait_for_url("**/pay/cs_*")
    page.dblclick("#alipay")
    page.wait_for_url("**/orders/**")
    expect(page.locator(".badge.paid")).to_be_visible()
    assert paid_once(order, standin)
    page.dblclick("form[action$='/withdraw/'] .button")
    expect(page.locator(".messages")).to_be_visible()
    assert [refund.amount_fen for refund in Refund.objects.all()] == [3990]
    phone.close()


def test_in_english_to_the_same_end(page: Page, order: Order, screenshot: Screenshot) -> None:
    page.check("[name=saved][value='']")
    page.click("[name=fill][value=line]")
    page.wait_for_url("**/pay/")  # which only answers
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
