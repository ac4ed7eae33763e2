import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from lukou_market.demo.stripe_standin.server import StandIn
from lukou_market.demo.stripe_standin.webhooks import signature
from lukou_market.payments import stripe_gateway
from lukou_market.payments.errors import BadSignature, StripeRefused, StripeUnavailable
from lukou_market.payments.stripe_gateway import Checkout, Item
from tests.factories import NOW

pytestmark = pytest.mark.django_db

PAYLOAD = '{"id": "evt_1", "type": "瓜", "data": {}}'.encode()


def checkout(payment_id: int = 7, price_fen: int = 3990, minutes: int = 31) -> Checkout:
    return stripe_gateway.create_checkout(
        payment_id=payment_id,
        number="LK1",
        items=[Item("浦湾甜瓜 一箱", price_fen, 2)],
        expires_at=NOW + timedelta(minutes=minutes),
    )


def paid(standin: StandIn) -> Checkout:
    session = checkout()
    standin.pay(session.id)
    return stripe_gateway.fetch_checkout(session.id)


def test_a_checkout_is_open_and_has_a_page(standin: StandIn) -> None:
    made = checkout()
    assert (made.status, made.paid, made.amount_fen, made.reference) == ("open", False, 7980, "7")
    assert made.url == f"{standin.base_url}/pay/{made.id}"


def test_a_checkout_comes_back_to_the_order(standin: StandIn, settings: Any) -> None:
    settings.PUBLIC_BASE_URL = "https://shop.test"
    made = standin.account.get("checkout.session", checkout().id)
    assert made["success_url"] == "https://shop.test/orders/LK1/?paid=1"
    assert made["cancel_url"] == "https://shop.test/orders/LK1/?cancelled=1"
    assert made["payment_method_types"] == ["alipay", "wechat_pay", "card"]


def test_the_same_checkout_twice_is_one(standin: StandIn) -> None:
    assert checkout() == checkout()
    assert len(standin.account.store.newest_first("checkout.session")) == 1


def test_a_checkout_that_ends_too_early_is_refused(standin: StandIn) -> None:
    with pytest.raises(StripeRefused):
        checkout(minutes=29)


def test_a_reused_key_says_nothing_about_the_first_call(standin: StandIn) -> None:
    checkout()
    with pytest.raises(StripeUnavailable):
        checkout(price_fen=1)


def test_an_expired_checkout_can_be_expired_again(standin: StandIn) -> None:
    made = checkout()
    assert stripe_gateway.expire_checkout(made.id).status == "expired"
    assert stripe_gateway.expire_checkout(made.id).status == "expired"


def test_expiring_a_paid_checkout_tells_that_it_was_paid(standin: StandIn) -> None:
    session = paid(standin)
    told = stripe_gateway.expire_checkout(session.id)
    assert (told.status, told.paid) == ("complete", True)
    assert told.payment_intent_id == session.payment_intent_id != ""


def test_the_same_refund_twice_is_one(standin: StandIn) -> None:
    intent_id = paid(standin).payment_intent_id
    first, second = (
        stripe_gateway.create_refund(refund_id=3, payment_intent_id=intent_id, amount_fen=980)
        for _ in range(2)
    )
    assert first == second
    assert (first.status, first.reference) == ("succeeded", "3")
    assert stripe_gateway.fetch_refund(first.id) == first


def test_a_refund_is_found_by_our_own_number(standin: StandIn) -> None:
    intent_id = paid(standin).payment_intent_id
    made = stripe_gateway.create_refund(refund_id=3, payment_intent_id=intent_id, amount_fen=980)
    assert stripe_gateway.find_refund(refund_id=3, payment_intent_id=intent_id) == made
    assert stripe_gateway.find_refund(refund_id=4, payment_intent_id=intent_id) is None


def test_more_than_was_paid_is_not_given_back(standin: StandIn) -> None:
    intent_id = paid(standin).payment_intent_id
    with pytest.raises(StripeRefused):
        stripe_gateway.create_refund(refund_id=3, payment_intent_id=intent_id, amount_fen=7981)
    assert standin.account.store.newest_first("refund") == []


def test_the_balance_moves_with_charges_and_refunds(standin: StandIn) -> None:
    intent_id = paid(standin).payment_intent_id
    made = stripe_gateway.create_refund(refund_id=3, payment_intent_id=intent_id, amount_fen=980)
    told = list(stripe_gateway.balance_transactions())
    assert [(one.kind, one.reference, one.amount_fen, one.created_at) for one in told] == [
        ("refund", made.id, -980, NOW),
        ("charge", intent_id, 7980, NOW),
    ]
    assert stripe_gateway.balance_fen() == 7000
    assert list(stripe_gateway.balance_transactions(since=NOW + timedelta(seconds=1))) == []


def test_more_movements_than_fit_a_page_are_all_read(standin: StandIn) -> None:
    for payment_id in range(101):
        standin.pay(checkout(payment_id).id)
    assert len(list(stripe_gateway.balance_transactions())) == 101


@pytest.mark.usefixtures("stripe_down")
def test_a_silent_stripe_is_unavailable() -> None:
    with pytest.raises(StripeUnavailable):
        stripe_gateway.fetch_checkout("cs_1")


def test_a_wrong_key_of_ours_is_no_refusal(standin: StandIn, settings: Any) -> None:
    settings.STRIPE_API_KEY = "sk_test_wrong"
    with pytest.raises(StripeUnavailable):
        stripe_gateway.fetch_checkout("cs_1")


@pytest.mark.django_db(transaction=True)
def test_no_call_is_made_inside_a_transaction(standin: StandIn) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        checkout()
    assert standin.account.store.newest_first("checkout.session") == []


def test_a_signed_event_is_read(standin: StandIn) -> None:
    signed = signature(PAYLOAD, standin.webhook_secret, at=int(time.time()))
    assert stripe_gateway.construct_event(PAYLOAD, signed)["type"] == "瓜"


@pytest.mark.parametrize("payload", [PAYLOAD, b"", b"\xff\x00", b"{"])
@pytest.mark.parametrize("signed", ["", "t=1,v1=", "t=x,v1=ab", "v1=瓜,t=9", "t=" + "9" * 5000])
def test_anything_else_is_a_bad_signature(payload: bytes, signed: str) -> None:
    with pytest.raises(BadSignature):
        stripe_gateway.construct_event(payload, signed)


@pytest.mark.parametrize(("secret", "age_s"), [("whsec_other", 0), ("whsec_standin", 301)])
def test_another_secret_or_an_old_one_is_a_bad_signature(
    standin: StandIn, secret: str, age_s: int
) -> None:
    signed = signature(PAYLOAD, secret, at=int(time.time()) - age_s)
    with pytest.raises(BadSignature):
        stripe_gateway.construct_event(PAYLOAD, signed)


@pytest.mark.parametrize("payload", [b"\xff", b"[]", b"1", b"{}", b"{"])
def test_a_signed_body_that_is_no_event_is_refused(standin: StandIn, payload: bytes) -> None:
    signed = signature(payload, standin.webhook_secret, at=int(time.time()))
    with pytest.raises(BadSignature):
        stripe_gateway.construct_event(payload, signed)
