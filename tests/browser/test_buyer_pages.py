"""Every page of a buyer: light on a first visit, open to people who don't see or touch as others
do, and usable without scripts. One walk through all of them, since starting one costs most."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from lukou_market.accounts.models import User
from lukou_market.orders.models import Order
from lukou_market.orders.record_refund import record_refund
from lukou_market.orders.share_receipt import share_receipt
from lukou_market.organisations.address_list import read_address_list
from lukou_market.organisations.order_for_members import order_for_members
from lukou_market.streams.models import Offer
from tests.browser.conftest import PHONE
from tests.browser.phone import Screenshot
from tests.browser.rooms import make_room
from tests.factories import place, place_paid
from tests.organisations.lists import filled, make_organisation, member

pytestmark = pytest.mark.django_db(transaction=True)
_HEAVIEST = 70_000


@pytest.fixture
def addresses() -> dict[str, str]:
    """By name: the pages, of a buyer who has ordered for themselves and for a union."""
    now, room = timezone.now(), make_room()
    offer = room.offers.earliest("pk")
    buyer = User.objects.for_phone("13812345678")
    placed, paid = place(buyer, offer, now=now), place_paid(buyer, offer, now=now)
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
        "order-paid": f"/orders/{paid.number}/",
        "receipt": f"/r/{token}",
        "messages": "/messages/",
        "organisation": "/organisation/",
        "group-order": f"/organisation/{group.number}/",
        "no-receipt": "/r/ended",
    }


@pytest.fixture
def signed_in(addresses: dict[str, str]) -> Callable[[BrowserContext, str], None]:
    """Gives a phone the buyer's cookie."""
    client = Client()
    client.force_login(User.objects.get(orders__number=addresses["order-paid"].split("/")[2]))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value

    def give(phone: BrowserContext, origin: str) -> None:
        phone.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": origin}])

    return give


def grave(page: Page) -> list[str]:
    """What axe-core finds serious or worse."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html']}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


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
