"""Every page of a buyer: light on a first visit, open to people who don't see or touch as others
do, and usable without scripts. One walk through all of them, since starting one costs most."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db.models import Model
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from lukou_market.accounts.models import User
from lukou_market.catalog.models import Product, Sku
from lukou_market.fulfilment.make_claim import make_claim
from lukou_market.fulfilment.pack_order import pack_order
from lukou_market.fulfilment.ship_order import ship_order
from lukou_market.households.models import HouseholdMember, Producer
from lukou_market.kernel.masking import mask_name
from lukou_market.orders.cancel_order import cancel_order
from lukou_market.orders.models import Order, Voucher
from lukou_market.orders.record_refund import record_refund
from lukou_market.orders.share_receipt import share_receipt
from lukou_market.organisations.address_list import read_address_list
from lukou_market.organisations.models import Organisation
from lukou_market.organisations.order_for_members import order_for_members
from lukou_market.payments.models import Refund
from lukou_market.payments.settle_refund import settle_refund
from lukou_market.regions.models import Region
from lukou_market.streams.models import LiveSession, Offer
from tests.browser.conftest import PHONE
from tests.browser.looks import grave, said
from tests.browser.phone import Screenshot
from tests.browser.rooms import make_room
from tests.factories import make_user, place, place_paid
from tests.fulfilment.parcels import sold
from tests.fulfilment.photos import cleaned, photo_with_a_place
from tests.organisations.lists import filled, make_organisation, member

pytestmark = pytest.mark.django_db(transaction=True)
_HEAVIEST = 70_000
_SAME_IN_BOTH = {"English", "EMS", "xlsx", "0.5 公斤"}
_NAMES: list[tuple[type[Model], str]] = [
    (Product, "name"), (Sku, "name"), (Region, "name"), (Producer, "name"), (Organisation, "name"),
    (LiveSession, "title"), (User, "display_name"), (HouseholdMember, "name"),
    (Voucher, "issued_by"),
]  # fmt: skip
# Amounts in tables have their unit in the head of the column; places stay as they are called.
_SILENT = "script, style, td, [data-level], [lang]:not(html)"


@pytest.fixture
def addresses(settings: Any, tmp_path: Path) -> dict[str, str]:
    """By name: the pages, of a buyer who has ordered for themselves and for a union."""
    settings.PRIVATE_DIR = tmp_path / "private"
    now, room = timezone.now(), make_room()
    offer = room.offers.earliest("pk")
    buyer = make_user("王小明", phone="13812345678")
    placed, paid = place(buyer, offer, now=now), place_paid(buyer, offer, now=now)
    cancelled = place(buyer, offer, now=now)
    cancel_order(buyer_id=buyer.pk, number=cancelled.number, now=now)
    spoiled = spoiled_in_part(buyer, offer, now)
    union = make_organisation(manager=buyer)
    Offer.objects.update(organisations_until=now + timedelta(days=1))
    group = order_for_members(
        organisation=union,
        offer_id=offer.pk,
        listed=read_address_list(filled([member(n) for n in range(20)])),
        shown_price_fen=offer.price_fen,
        now=now,
    ).order
    record_refund(order=Order.objects.get(pk=paid.pk), amount_fen=500, now=now)
    token = share_receipt(buyer_id=buyer.pk, number=paid.number, now=now)
    return {
        "streams": "/",
        "room": f"/live/{room.pk}/",
        "orders": "/orders/",
        "order-to-pay": f"/orders/{placed.number}/",
        "order-left-at-stripe": f"/orders/{placed.number}/?cancelled=1",
        "order-paid": f"/orders/{paid.number}/",
        "order-cancelled": f"/orders/{cancelled.number}/",
        "order-spoiled": f"/orders/{spoiled.number}/",
        "claim": f"/orders/{spoiled.number}/claim/",
        "receipt": f"/r/{token}",
        "messages": "/messages/",
        "account": "/account/",
        "organisation": "/organisation/",
        "group-order": f"/organisation/{group.number}/",
        "no-receipt": "/r/ended",
        "not-found": "/live/999999/",
    }


def spoiled_in_part(buyer: User, offer: Offer, now: datetime) -> Order:
    """An order that was paid with shipping and a voucher, was lighter, and came spoiled in part."""
    order = sold(offer, 2, shipping_fen=800, discount_fen=500, buyer=buyer, now=now)
    pack_order(order_id=order.pk, packer=buyer, packed_g=9800, now=now)
    ship_order(order_id=order.pk, carrier="ems", tracking_number="EA123456789CN", now=now)
    refund = Refund.objects.get()
    settle_refund(refund_id=refund.pk, succeeded=True, stripe_id="re_1", now=now)
    photos, note = [cleaned(photo_with_a_place())], "两个甜瓜压坏了"
    make_claim(
        buyer_id=buyer.pk, number=order.number, spoiled_g=1000, note=note, photos=photos, now=now
    )
    return order


@pytest.fixture
def signed_in(addresses: dict[str, str]) -> Callable[[BrowserContext, str], None]:
    """Gives a phone the buyer's cookie."""
    client = Client()
    client.force_login(User.objects.get(orders__number=addresses["order-paid"].split("/")[2]))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value

    def give(phone: BrowserContext, origin: str) -> None:
        phone.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": origin}])

    return give


def strange_words(page: Page, language: str) -> list[str]:
    """What a page says, or has read aloud, in another language, and sums and weights written
    otherwise. What people, places and goods are called stays as it is."""
    words = said(page, silent=_SILENT)
    for name in named():
        words = words.replace(name, "·")
    foreign, weight = (
        (r"[\u4e00-\u9fff]+", r"[\d.,]+ jin \([\d.,]+ kg\)")
        if language == "en"
        else (r"(?<![\w.*])[A-Za-z]{2,}(?!\w)", r"[\d.,]+ 斤（[\d.,]+ 公斤）")
    )
    sums = r"(?<![¥\d.,])[\d,]+\.\d\d(?! ?%|\d)"
    found = re.findall(rf"{foreign}|{sums}|[\d.]+ (?:kg|公斤)", re.sub(weight, "", words))
    return sorted(set(found) - _SAME_IN_BOTH)


def named() -> list[str]:
    """Names in the database, the longest first."""
    names = {"王小明", "湖南省株洲市天元区黄河北路 1 号", "两个甜瓜压坏了"}
    for model, field in _NAMES:
        names |= {str(name) for name in model._default_manager.values_list(field, flat=True)}
    names |= {mask_name(name) for name in names if len(name) < 5}
    return sorted(names, key=len, reverse=True)


def weighed(page: Page) -> Callable[[], int]:
    """Bytes that have come over the network since now; pictures don't count."""
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    pictures: set[str] = set()
    bytes_of: dict[str, int] = {}

    def came(answer: dict[str, Any]) -> None:
        if answer["type"] == "Image":
            pictures.add(answer["requestId"])

    network.on("Network.responseReceived", came)
    network.on(
        "Network.loadingFinished",
        lambda done: bytes_of.update({done["requestId"]: done["encodedDataLength"]}),
    )
    return lambda: sum(size for key, size in bytes_of.items() if key not in pictures)


def test_every_page_is_light_and_open_to_everybody(
    chromium: Browser,
    released: str,
    addresses: dict[str, str],
    signed_in: Callable[[BrowserContext, str], None],
    screenshot: Screenshot,
) -> None:
    wrong: dict[str, object] = {}
    for name, path in addresses.items() | {("sign-in", "/sign-in/")}:
        phone = chromium.new_context(viewport=PHONE, base_url=released, locale="zh-CN")
        if name != "sign-in":
            signed_in(phone, released)
        page = phone.new_page()
        weight = weighed(page)
        page.goto(path, wait_until="load" if name == "room" else "networkidle")
        Screenshot(page, screenshot.folder)(f"buyer-{name}")
        bytes_came = weight()
        if not 1_000 < bytes_came <= _HEAVIEST:
            wrong[f"{name} weighs"] = bytes_came
        if issues := grave(page):
            wrong[f"{name} shuts out"] = issues
        phone.close()
    assert wrong == {}


def test_every_page_speaks_the_language_that_was_chosen(
    page: Page,
    addresses: dict[str, str],
    signed_in: Callable[[BrowserContext, str], None],
    live_server: LiveServer,
    screenshot: Screenshot,
) -> None:
    strange: dict[str, object] = {}
    page.goto("/sign-in/")
    for language, other in (("en", "zh-hans"), ("zh-hans", "en")):
        if page.locator(f"[name=language][value={language}]").count():
            page.click(f"[name=language][value={language}]")
        expect(page.locator(f"[name=language][value={other}]")).to_be_visible()
        page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
        shown = {"sign-in": "/sign-in/"} | addresses
        for name, path in shown.items():
            if name != "sign-in":
                signed_in(page.context, live_server.url)
            page.goto(path)
            screenshot(f"{language}-{name}")
            if words := strange_words(page, language):
                strange[f"{language} {name}"] = words
    assert strange == {}


def test_every_page_is_whole_without_scripts(
    chromium: Browser,
    released: str,
    addresses: dict[str, str],
    signed_in: Callable[[BrowserContext, str], None],
) -> None:
    phone = chromium.new_context(viewport=PHONE, base_url=released, java_script_enabled=False)
    signed_in(phone, released)
    page = phone.new_page()
    for path in addresses.values():
        page.goto(path)
        expect(page.locator("h1").first).to_be_visible()
        for button in page.locator("main button:visible").all():
            assert button.get_attribute("type") == "button" or button.evaluate(
                "button => !!button.form"
            ), f"{path}: {button.inner_text()} does nothing"
    phone.close()
