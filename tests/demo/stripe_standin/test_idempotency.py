import pytest
import stripe

from .conftest import session_params


def test_the_same_key_and_parameters_replay_the_first_answer(client: stripe.StripeClient) -> None:
    first, again = (
        client.v1.checkout.sessions.create(session_params(), {"idempotency_key": "order-A1"})
        for _ in range(2)
    )
    assert first.id == again.id
    assert first.last_response is not None and again.last_response is not None
    assert "Idempotent-Replayed" not in first.last_response.headers
    assert again.last_response.headers["Idempotent-Replayed"] == "true"
    assert len(client.v1.checkout.sessions.list().data) == 1


def test_the_same_key_with_other_parameters_is_refused(client: stripe.StripeClient) -> None:
    client.v1.checkout.sessions.create(session_params(), {"idempotency_key": "order-A1"})
    with pytest.raises(stripe.IdempotencyError, match="same parameters") as refusal:
        client.v1.checkout.sessions.create(session_params(1), {"idempotency_key": "order-A1"})
    assert refusal.value.http_status == 400
    assert len(client.v1.checkout.sessions.list().data) == 1


def test_the_same_key_for_another_call_is_refused(client: stripe.StripeClient, paid: str) -> None:
    client.v1.checkout.sessions.create(session_params(), {"idempotency_key": "order-A1"})
    with pytest.raises(stripe.IdempotencyError, match="same endpoint"):
        client.v1.refunds.create({"payment_intent": paid}, {"idempotency_key": "order-A1"})
    assert client.v1.refunds.list().data == []


def test_a_malformed_request_does_not_use_up_its_key(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.checkout.sessions.create(session_params(-1), {"idempotency_key": "order-A1"})
    session = client.v1.checkout.sessions.create(session_params(), {"idempotency_key": "order-A1"})
    assert session.status == "open"
