import time
from typing import Any

import pytest
import stripe

from lukou_market.demo.stripe_standin.server import StandIn

from .conftest import Clock, NewSession, client_of, session_params
from .receiver import Receiver


def test_a_new_session_is_open_unpaid_and_has_a_page(
    standin: StandIn, new_session: NewSession
) -> None:
    session = new_session(amount_fen=5980)
    assert (session.status, session.payment_status) == ("open", "unpaid")
    assert (session.amount_total, session.currency) == (5980, "cny")
    assert session.payment_intent is None
    assert session.url == f"{standin.base_url}/pay/{session.id}"


def test_a_paid_session_leads_to_its_intent_charge_and_movement(
    client: stripe.StripeClient, paid: str
) -> None:
    intent = client.v1.payment_intents.retrieve(
        paid, {"expand": ["latest_charge.balance_transaction"]}
    )
    assert (intent.status, intent.amount_received) == ("succeeded", 5980)
    assert intent.metadata["order"] == "A1"
    charge: Any = intent.latest_charge
    assert charge.payment_method_details.type == "alipay"
    assert (charge.balance_transaction.fee, charge.balance_transaction.net) == (36, 5944)
    assert client.v1.charges.retrieve(charge.id).payment_intent == paid


def test_sessions_are_found_by_their_intent(
    client: stripe.StripeClient, new_session: NewSession, paid: str
) -> None:
    new_session()
    found = client.v1.checkout.sessions.list({"payment_intent": paid})
    assert [session.payment_status for session in found.data] == ["paid"]


def test_an_expired_session_can_neither_be_paid_nor_expired_again(
    standin: StandIn, client: stripe.StripeClient, new_session: NewSession
) -> None:
    session = new_session()
    assert client.v1.checkout.sessions.expire(session.id).status == "expired"
    with pytest.raises(stripe.InvalidRequestError, match="status of `expired`") as refusal:
        client.v1.checkout.sessions.expire(session.id)
    assert refusal.value.http_status == 400
    assert standin.pay(session.id) == 410
    assert client.v1.balance.retrieve().available[0].amount == 0


def test_a_session_expires_when_its_time_has_passed(
    standin: StandIn, clock: Clock, receiver: Receiver, new_session: NewSession
) -> None:
    session = new_session(expires_at=int(time.time()) + 1860)
    clock.passed_s = 1900
    standin.expire_due()
    event = receiver.next()
    assert (event.type, event.data.object["id"]) == ("checkout.session.expired", session.id)


@pytest.mark.parametrize("life_s", [1700, 24 * 3600 + 60])
def test_a_session_lives_between_half_an_hour_and_a_day(
    client: stripe.StripeClient, new_session: NewSession, life_s: int
) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="expires_at") as refusal:
        new_session(expires_at=int(time.time()) + life_s)
    assert (refusal.value.http_status, refusal.value.param) == (400, "expires_at")
    assert client.v1.checkout.sessions.list().data == []


@pytest.mark.parametrize(
    ("changes", "param", "code"),
    [
        ({"colour": "red"}, "colour", "parameter_unknown"),
        ({"payment_method_types": ["card"]}, "payment_method_types", "parameter_unknown"),
        ({"payment_intent_data": {"x": "1"}}, "payment_intent_data[x]", "parameter_unknown"),
        ({"mode": ""}, "mode", "parameter_invalid_empty"),
        ({"mode": "subscription"}, "mode", None),
        ({"line_items": []}, "line_items", "parameter_missing"),
        ({"success_url": "shop"}, "success_url", "url_invalid"),
        ({"expires_at": "soon"}, "expires_at", "parameter_invalid_integer"),
        ({"metadata": {"note": "n" * 501}}, "metadata[note]", None),
        (
            {"payment_method_options": {}},
            "payment_method_options[wechat_pay][client]",
            "parameter_missing",
        ),
    ],
)
def test_a_malformed_session_is_refused_by_the_name_of_its_parameter(
    client: stripe.StripeClient, changes: Any, param: str, code: str | None
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.checkout.sessions.create(session_params(**changes))
    assert refusal.value.http_status == 400
    assert (refusal.value.param, refusal.value.code) == (param, code)
    assert client.v1.checkout.sessions.list().data == []


def test_a_negative_price_is_refused(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.checkout.sessions.create(session_params(amount_fen=-1))
    assert refusal.value.param == "line_items[0][price_data][unit_amount]"


def test_a_request_refused_at_its_last_step_leaves_nothing(
    client: stripe.StripeClient, new_session: NewSession
) -> None:
    session = new_session()
    with pytest.raises(stripe.InvalidRequestError, match="cannot be expanded"):
        new_session(expand=["colour"])
    with pytest.raises(stripe.InvalidRequestError, match="cannot be expanded"):
        client.v1.checkout.sessions.expire(session.id, {"expand": ["colour"]})
    assert [(row.id, row.status) for row in client.v1.checkout.sessions.list().data] == [
        (session.id, "open")
    ]
    assert client.v1.events.list().data == []


def test_an_unknown_id_is_not_found(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.checkout.sessions.retrieve("cs_test_none")
    assert (refusal.value.http_status, refusal.value.code) == (404, "resource_missing")


def test_another_key_is_refused(standin: StandIn) -> None:
    with pytest.raises(stripe.AuthenticationError) as refusal:
        client_of(standin, "sk_test_other").v1.balance.retrieve()
    assert refusal.value.http_status == 401
