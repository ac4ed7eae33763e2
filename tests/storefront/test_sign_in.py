"""Signing in with a phone, on pages."""

import re
import time
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from lukou_market.accounts.errors import CodeWrong
from lukou_market.accounts.models import SignIn, SignInCode, User
from lukou_market.accounts.sms_gateway import last_text
from lukou_market.kernel.encryption import digest
from lukou_market.orders.models import Order
from tests.factories import make_offer
from tests.storefront.pages import tap

# Codes count their attempts in a transaction of their own.
pytestmark = pytest.mark.django_db(transaction=True)
PHONE = "13812345678"


@pytest.fixture(autouse=True)
def nothing_counted_before() -> Iterator[None]:
    cache.clear()
    yield


def code_on_the_phone(phone: str = PHONE) -> str:
    found = re.search(r"\d{6}", last_text(phone) or "")
    assert found
    return found[0]


def test_a_phone_and_its_code_lead_back_to_where_one_was(client: Client) -> None:
    response = client.post("/sign-in/", {"phone": "138 1234 5678", "next": "/orders/"})
    assert response.headers["Location"] == "/sign-in/code/?next=%2Forders%2F"
    assert "138****5678" in client.get(response.headers["Location"]).content.decode()
    form = {"code": code_on_the_phone(), "next": "/orders/"}
    response = client.post("/sign-in/code/", form)
    assert response.headers["Location"] == "/orders/"
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_the_order_tapped_before_is_placed_after_signing_in(client: Client) -> None:
    offer, key = make_offer(), str(uuid.uuid4())
    tap(client, offer, key=key, quantity=2)
    client.post("/sign-in/", {"phone": PHONE})
    response = client.post("/sign-in/code/", {"code": code_on_the_phone()})
    order = Order.objects.get()
    assert (order.idempotency_key, order.total_fen) == (key, 2 * offer.price_fen)
    assert response.headers["Location"] == f"/orders/{order.number}/"
    assert "kept_tap" not in client.session


def test_a_tap_that_waited_too_long_is_forgotten(client: Client) -> None:
    tap(client, make_offer())
    session = client.session
    session["kept_tap"] |= {"until": time.time() - 1}
    session.save()
    client.post("/sign-in/", {"phone": PHONE})
    response = client.post("/sign-in/code/", {"code": code_on_the_phone(), "next": "/orders/"})
    assert response.headers["Location"] == "/orders/"
    assert not Order.objects.exists()


def test_a_browser_that_looked_into_a_room_is_the_same_whoever_signs_in(client: Client) -> None:
    client.get(f"/api/v1/live-sessions/{make_offer().session_id}/state/")
    for phone in (PHONE, "13812345679"):
        client.post("/sign-in/", {"phone": phone})
        client.post("/sign-in/code/", {"code": code_on_the_phone(phone)})
        client.post("/sign-out/")
    [browser] = set(SignIn.objects.values_list("browser_digest", flat=True))
    name = client.cookies["visitor"].value.partition(":")[0]
    assert (SignIn.objects.count(), browser) == (2, digest(name))


def test_a_browser_without_the_cookie_or_with_one_of_its_own_making_is_unknown(
    client: Client,
) -> None:
    client.cookies["visitor"] = "made-up:signature"
    client.post("/sign-in/", {"phone": PHONE})
    client.post("/sign-in/code/", {"code": code_on_the_phone()})
    assert SignIn.objects.get().browser_digest == ""


def test_a_wrong_code_is_said_to_be_wrong_and_nobody_is_signed_in(client: Client) -> None:
    client.post("/sign-in/", {"phone": PHONE})
    wrong = "000000" if code_on_the_phone() != "000000" else "000001"
    page = client.post("/sign-in/code/", {"code": wrong})
    assert page.context["form"].errors["code"] == [str(CodeWrong.sentence)]
    assert "_auth_user_id" not in client.session


def test_a_number_that_is_no_mobile_number_gets_no_code(client: Client) -> None:
    page = client.post("/sign-in/", {"phone": "12345"})
    assert "phone" in page.context["form"].errors
    assert not SignInCode.objects.exists()


def test_too_many_codes_are_refused(client: Client, settings: Any) -> None:
    settings.SIGN_IN_CODES_PER_HOUR_PER_PHONE = 1
    assert client.post("/sign-in/", {"phone": PHONE}).status_code == 302
    sent = SignInCode.objects.get().pk
    assert "phone" in client.post("/sign-in/", {"phone": PHONE}).context["form"].errors
    assert SignInCode.objects.get().pk == sent


@pytest.mark.parametrize("elsewhere", ["https://evil.test/", "//evil.test", "javascript:alert(1)"])
def test_nobody_is_led_to_another_site(client: Client, elsewhere: str) -> None:
    client.post("/sign-in/", {"phone": PHONE, "next": elsewhere})
    form = {"code": code_on_the_phone(), "next": elsewhere}
    assert client.post("/sign-in/code/", form).headers["Location"] == "/"


def test_the_code_page_alone_leads_to_the_first_step(client: Client) -> None:
    assert client.get("/sign-in/code/").headers["Location"] == "/sign-in/"


@pytest.mark.parametrize("page", ["/sign-in/", "/sign-in/code/"])
def test_who_is_signed_in_and_comes_back_is_led_on(client: Client, page: str) -> None:
    client.force_login(User.objects.for_phone(PHONE))
    assert client.get(f"{page}?next=/live/1/").headers["Location"] == "/live/1/"


def test_the_number_is_not_kept_on_our_side(client: Client) -> None:
    client.post("/sign-in/", {"phone": PHONE})
    assert PHONE not in str(dict(client.session))


def test_signing_out_needs_a_button_and_works(client: Client) -> None:
    client.force_login(User.objects.for_phone(PHONE))
    assert client.get("/sign-out/").status_code == 405
    client.post("/sign-out/")
    assert "_auth_user_id" not in client.session
