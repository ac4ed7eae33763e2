from pathlib import Path

import pytest
import stripe

from lukou_market.demo.stripe_standin import webhooks
from lukou_market.demo.stripe_standin.server import StandIn
from lukou_market.demo.stripe_standin.webhooks import signature

from .conftest import NewSession, client_of, session_params
from .receiver import SECRET, Receiver

PAID = ["charge.succeeded", "checkout.session.completed", "payment_intent.succeeded"]


def expired_session(client: stripe.StripeClient) -> str:
    """One session created and expired, which makes exactly one event."""
    session = client.v1.checkout.sessions.create(session_params())
    return client.v1.checkout.sessions.expire(session.id).id


def test_a_payment_sends_signed_events(receiver: Receiver, paid: str) -> None:
    events = [receiver.next() for _ in range(3)]
    assert sorted(event.type for event in events) == PAID
    intent = next(event for event in events if event.type == "payment_intent.succeeded")
    assert (intent.data.object["id"], intent.livemode) == (paid, False)
    assert intent.data.object["metadata"]["order"] == "A1"


def test_a_declined_payment_sends_its_event(
    standin: StandIn, receiver: Receiver, new_session: NewSession
) -> None:
    standin.pay(new_session().id, "decline")
    assert receiver.next().type == "payment_intent.payment_failed"


def test_the_signature_is_the_one_the_sdk_makes() -> None:
    expected = stripe.WebhookSignature.generate_signature_header('{"瓜":1}', SECRET, 1_700_000_000)
    assert signature('{"瓜":1}'.encode(), SECRET, at=1_700_000_000) == expected


def test_an_event_names_the_request_that_caused_it(
    client: stripe.StripeClient, receiver: Receiver, new_session: NewSession
) -> None:
    session = client.v1.checkout.sessions.expire(new_session().id, {}, {"idempotency_key": "k"})
    request = receiver.next().request
    assert request is not None and session.last_response is not None
    assert request.idempotency_key == "k"
    assert request.id == session.last_response.request_id


def test_a_refused_event_is_sent_until_it_is_accepted(
    client: stripe.StripeClient, receiver: Receiver
) -> None:
    receiver.refusals = 3
    expired_session(client)
    event = receiver.next()
    assert receiver.refused == [event.id] * 3


def test_a_duplicated_event_arrives_twice(
    standin: StandIn, client: stripe.StripeClient, receiver: Receiver
) -> None:
    standin.misbehave(duplicate=1)
    expired_session(client)
    assert receiver.next().id == receiver.next().id


def test_a_dropped_event_never_arrives_but_can_be_looked_up(
    standin: StandIn, client: stripe.StripeClient, receiver: Receiver
) -> None:
    standin.misbehave(drop=1)
    lost = expired_session(client)
    standin.misbehave()
    arrived = expired_session(client)
    assert receiver.next().data.object["id"] == arrived
    events = client.v1.events.list({"type": "checkout.session.expired"}).data
    assert [event.data.object["id"] for event in events] == [arrived, lost]
    assert client.v1.events.retrieve(events[1].id).type == "checkout.session.expired"


def test_a_reordered_event_is_overtaken_by_the_next(
    standin: StandIn,
    client: stripe.StripeClient,
    receiver: Receiver,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(webhooks, "HOLD_S", 60)  # only the next event lets it go
    standin.misbehave(reorder=1)
    first, second = expired_session(client), expired_session(client)
    arrived = [receiver.next().data.object["id"] for _ in range(2)]
    assert arrived == [second, first]


def test_a_delayed_event_arrives_after_those_that_are_not(
    standin: StandIn, client: stripe.StripeClient, receiver: Receiver
) -> None:
    standin.misbehave(delay=1, delay_s=4)
    late = expired_session(client)
    standin.misbehave()
    prompt = expired_session(client)
    arrived = [receiver.next().data.object["id"] for _ in range(2)]
    assert arrived == [prompt, late]


def test_what_is_delayed_goes_when_it_is_released(
    standin: StandIn, client: stripe.StripeClient, receiver: Receiver
) -> None:
    standin.misbehave(delay=1, delay_s=3600)
    held = [expired_session(client), expired_session(client)]
    assert standin.account.owed() == 2
    standin.release()
    assert sorted(receiver.next().data.object["id"] for _ in range(2)) == sorted(held)


def test_the_same_seed_drops_the_same_events(tmp_path: Path) -> None:
    def dropped(state: Path) -> list[bool]:
        with (
            Receiver(refusals=1000) as receiver,
            StandIn(webhook_url=receiver.url, webhook_secret=SECRET, state=state) as standin,
        ):
            standin.misbehave(drop=0.5, seed=7)
            client = client_of(standin)
            for _ in range(8):
                expired_session(client)
            return [event.pending_webhooks == 0 for event in client.v1.events.list().data]

    fates = dropped(tmp_path / "a")
    assert fates == dropped(tmp_path / "b")
    assert set(fates) == {True, False}
