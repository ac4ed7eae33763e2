"""One box from the tap to the households, and what of its money comes back: the shop as it runs,
with gate, worker and Stripe's stand-in. Whoever taps, taps twice."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from lukou_market.aid.audit_books import audit_books
from lukou_market.aid.posting_rules import CLEARING, UNAPPLIED
from lukou_market.fulfilment.models import Claim, Shipment
from lukou_market.kernel.money import yuan
from lukou_market.ledger.models import Transfer
from lukou_market.orders.models import Order
from lukou_market.payments.models import Payment, Refund
from lukou_market.streams.models import LiveSession, Offer
from tests.balance import balance_fen
from tests.browser.conftest import Shop
from tests.browser.phone import Screenshot, enter, sign_in
from tests.browser.rooms import make_room
from tests.embedded.waiting import eventually
from tests.fulfilment.photos import photo_with_a_place

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = "13812345678"
LINE = f"王小明 {PHONE} 湖南省株洲市天元区黄河北路 1 号"


@pytest.fixture
def session() -> LiveSession:
    return make_room()


def test_a_box_from_the_tap_to_the_households_and_what_comes_back(
    page: Page,
    console: Page,
    shop: Shop,
    session: LiveSession,
    screenshot: Screenshot,
    settings: Any,
    tmp_path: Path,
) -> None:
    settings.PRIVATE_DIR = tmp_path
    host = Screenshot(console, screenshot.folder)
    order_and_pay(page, shop, session, screenshot)
    order = Order.objects.get()
    go_all_the_way_back(page, session)
    assert charges(shop) == [13980]

    console.goto(shop.url)
    enter(console, session.host.user)
    pack_two_per_cent_lighter(console, shop, host)
    see_back(page, order, shop, [280])
    expect(page.locator("main")).to_contain_text("19.6 斤（9.8 公斤）")
    screenshot("way-10-lighter")
    ship(console, shop, host)
    receive(page, order, shop, screenshot)
    see_whom_it_helped(page, order, screenshot)

    claim(page, order, shop, screenshot)
    decide(console, shop, host)
    see_back(page, order, shop, [1398, 280])
    screenshot("way-20-came-back")
    ask_for_more(page, screenshot)
    decide(console, shop, host)
    see_back(page, order, shop, [1000, 1398, 280])
    page.click(".tabs a[href='/orders/']")
    screenshot("way-22-orders")
    page.click("a[href='/messages/']")
    screenshot("way-23-messages")
    assert audit_books(with_stripe=True).proved


def order_and_pay(page: Page, shop: Shop, session: LiveSession, screenshot: Screenshot) -> None:
    """Two boxes; who is not signed in signs in at the last moment, and the tap is not lost."""
    page.goto(shop.url)
    page.click(".live-card")
    screenshot("way-01-room")
    page.click("#pinned .buy")
    page.click("#order [data-step='1']")
    expect(page.locator("#order .button.wide")).to_contain_text("¥139.80")
    screenshot("way-02-sheet", whole=False)
    page.dblclick("#order .button.wide")
    assert not Order.objects.exists()
    sign_in(page, PHONE, screenshot=lambda name: screenshot(f"way-03-{name}"))
    page.wait_for_url("**/orders/*/")
    expect(page.locator(".countdown")).to_contain_text("14:")
    screenshot("way-04-reserved")

    page.fill("[name=line]", LINE)
    page.dblclick("[name=fill][value=line]")
    expect(page.locator("[name=recipient]")).to_have_value("王小明")
    expect(page.locator("[name=county]")).to_have_value("430211")
    screenshot("way-05-address")
    page.dblclick("[name=pay]")
    page.wait_for_url("**/pay/cs_*")
    expect(page.locator(".amount")).to_have_text("¥139.80")
    screenshot("way-06-stripe")
    page.dblclick("#alipay")
    page.wait_for_url("**/orders/*/?paid=1")
    expect(page.locator(".badge.paid")).to_be_visible()
    screenshot("way-07-paid")
    assert once_each()
    assert charges(shop) == [13980]
    assert balance_fen(CLEARING) == 13980


def once_each() -> bool:
    """One order, one payment, and the boxes taken once."""
    order, payment = Order.objects.get(), Payment.objects.get()
    paid = (order.status, payment.status, payment.applied) == ("paid", "succeeded", True)
    return paid and Offer.objects.get(taken__gt=0, lines__order=order).taken == 2


def charges(shop: Shop) -> list[int]:
    """What the buyer was charged at Stripe, in fen."""
    return [charge["amount"] for charge in shop.standin.account.store.newest_first("charge")]


def refunds(shop: Shop) -> list[int]:
    """What Stripe gave back, in fen, newest first."""
    return [refund["amount"] for refund in shop.standin.account.store.newest_first("refund")]


def go_all_the_way_back(page: Page, session: LiveSession) -> None:
    """The back button, page by page until the room: the order is paid, and there is one."""
    room = re.compile(rf"/live/{session.pk}/$")
    for _ in range(8):
        page.go_back()
        if room.search(page.url):
            break
        expect(page.locator(".badge.paid")).to_be_visible()
        assert page.locator("[name=pay]").count() == 0
    assert room.search(page.url)
    assert once_each()


def pack_two_per_cent_lighter(console: Page, shop: Shop, screenshot: Screenshot) -> None:
    console.goto(f"{shop.url}/studio/packing/")
    screenshot("way-08-to-pack")
    console.click("a[href$='/packing/list/']")
    screenshot("way-08-packing-list")
    console.go_back()
    console.fill("[name=packed_kg]", "9.8")
    console.dblclick("form[action$='/pack/'] .button")
    expect(console.locator(".messages")).to_contain_text("¥2.80")
    screenshot("way-09-packed")
    assert Shipment.objects.get().lighter_fen == 280


def in_the_book(order: Order) -> bool:
    """The worker has posted all that happened to the order."""
    return not order.events.filter(posted=False).exists()


def ship(console: Page, shop: Shop, screenshot: Screenshot) -> None:
    console.goto(f"{shop.url}/studio/packing/")
    console.select_option("[name=carrier]", "ems")
    console.fill("[name=tracking_number]", "EA123456789CN")
    screenshot("way-11-to-ship")
    console.dblclick("form[action$='/ship/'] .button")
    expect(console.locator(".messages")).to_be_visible()
    expect(console.locator(".messages .error")).to_have_count(0)
    screenshot("way-12-shipped")


def receive(page: Page, order: Order, shop: Shop, screenshot: Screenshot) -> None:
    page.reload()
    expect(page.locator("main")).to_contain_text("EA123456789CN")
    screenshot("way-13-on-its-way")
    page.dblclick("form[action$='/received/'] .button")
    expect(page.locator(".badge.received")).to_be_visible()
    expect(page.locator(".messages .error")).to_have_count(0)
    assert order.events.filter(kind="received").count() == 1
    assert eventually(lambda: in_the_book(order))
    page.reload()
    expect(page.locator("main")).not_to_contain_text("在途")
    screenshot("way-14-received")
    assert sorted(shares(page)) == [2055, 3425, 4110, 4110]  # 15, 25, 30 of 137.00, and the rest


def shares(page: Page) -> list[int]:
    """The parties' parts that the page lists, in fen."""
    parts = page.locator("tbody td:last-child").all_inner_texts()
    return [int(re.sub(r"\D", "", part)) for part in parts]


def see_whom_it_helped(page: Page, order: Order, screenshot: Screenshot) -> None:
    """The receipt, as anybody sees it who was sent its link."""
    page.dblclick("form[action$='/receipt/'] .button")
    page.click("#receipt a")
    page.wait_for_url("**/r/*")
    main = page.locator("main")
    expect(main).to_contain_text("3 户")
    for words in ("李**", "王**", "陈**", "浦湾村", "¥95.90", "¥41.10", "¥2.80"):
        expect(main).to_contain_text(words)
    for words in ("王小明", "李大山", order.number, PHONE):
        expect(main).not_to_contain_text(words)
    picture = page.locator(".receipt-picture")
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 750
    screenshot("way-15-receipt")


def claim(page: Page, order: Order, shop: Shop, screenshot: Screenshot) -> None:
    page.goto(f"{shop.url}/orders/{order.number}/")
    page.click("a[href$='/claim/']")
    page.fill("[name=spoiled_jin]", "2")
    page.fill("[name=note]", "两个甜瓜压坏了")
    page.set_input_files(
        "[name=photos]",
        {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photo_with_a_place()},
    )
    screenshot("way-16-claim")
    page.dblclick("main .button.wide")
    expect(page.locator(".photos img")).to_have_count(1)
    expect(page.locator(".messages .success")).to_contain_text("¥13.98")
    screenshot("way-17-claimed")
    assert Claim.objects.get().photos.count() == 1


def decide(console: Page, shop: Shop, screenshot: Screenshot) -> None:
    """The host gives it back."""
    console.goto(f"{shop.url}/studio/refunds/")
    asked = Refund.objects.get(status="requested")
    expect(console.locator(".photos img")).to_have_count(1 if hasattr(asked, "claim") else 0)
    screenshot("way-18-to-decide")
    console.dblclick("[value=approve]")
    expect(console.locator(".messages .success")).to_be_visible()
    screenshot("way-19-decided")


def ask_for_more(page: Page, screenshot: Screenshot) -> None:
    page.click("main section summary >> text=申请退款")
    page.fill("[name=amount]", "10.00")
    page.fill("[name=note]", "箱子破了")
    screenshot("way-21-asking")
    page.dblclick("form[action$='/refund/'] .button")
    expect(page.locator(".messages .success")).to_be_visible()
    expect(page.locator("form[action$='/refund/']")).to_have_count(0)


def see_back(page: Page, order: Order, shop: Shop, given: list[int]) -> None:
    """On the page, at Stripe, and in the book, to the fen."""
    back = sum(given)
    assert eventually(lambda: refunds(shop) == given and came_back(order) == back)
    page.goto(f"{shop.url}/orders/{order.number}/")
    expect(page.locator("main")).to_contain_text(f"−¥{yuan(back)}")
    assert sum(shares(page)) == 13980 - back
    assert (balance_fen(CLEARING), balance_fen(UNAPPLIED)) == (13980 - back, 0)
    assert Transfer.objects.filter(debit__kind="stripe_clearing").count() == 1


def came_back(order: Order) -> int:
    """What Stripe has given back and the worker has posted, in fen."""
    order.refresh_from_db()
    return order.refunded_fen if in_the_book(order) else 0
