"""Disputes as Stripe tells of them: objects, events, and what they do to balance and refunds."""

import pytest
import stripe

from lukou_market.demo.stripe_standin.server import StandIn


@pytest.fixture(autouse=True)
def _fee(standin: StandIn) -> None:
    standin.account.dispute_fee = 1500


def available(client: stripe.StripeClient) -> int:
    return client.v1.balance.retrieve().available[0].amount


def kinds(standin: StandIn) -> list[str]:
    events = standin.account.store.newest_first("event")[::-1]
    return [event["type"] for event in events if event["type"].startswith("charge.dispute")]


def test_an_open_dispute_takes_the_money_and_a_fee(
    standin: StandIn, client: stripe.StripeClient, paid: str
) -> None:
    before = available(client)
    opened = standin.dispute(paid, 1000, reason="fraudulent")
    told = client.v1.disputes.retrieve(opened["id"])
    assert (told.status, told.amount, told.reason) == ("needs_response", 1000, "fraudulent")
    assert (told.payment_intent, told.evidence_details.has_evidence) == (paid, False)
    assert told.evidence_details.due_by is not None
    [movement] = told.balance_transactions
    assert (movement.type, movement.reporting_category) == ("adjustment", "dispute")
    assert (movement.amount, movement.fee, movement.net) == (-1000, 1500, -2500)
    assert movement.fee_details[0].description == "Dispute fee"
    assert available(client) == before - 2500
    assert client.v1.charges.retrieve(str(told.charge)).disputed
    assert [one.id for one in client.v1.disputes.list({"payment_intent": paid}).data] == [told.id]
    assert kinds(standin) == ["charge.dispute.created", "charge.dispute.funds_withdrawn"]


def test_won_the_money_comes_back_but_not_the_fee(
    standin: StandIn, client: stripe.StripeClient, paid: str
) -> None:
    before = available(client)
    opened = standin.dispute(paid)
    standin.answer_dispute(opened["id"])
    standin.close_dispute(opened["id"], "won")
    told = client.v1.disputes.retrieve(opened["id"])
    categories = [movement.reporting_category for movement in told.balance_transactions]
    assert (told.status, categories) == ("won", ["dispute", "dispute_reversal"])
    assert available(client) == before - 1500
    assert kinds(standin)[2:] == [
        "charge.dispute.updated", "charge.dispute.closed", "charge.dispute.funds_reinstated"
    ]  # fmt: skip


def test_lost_nothing_moves_any_more_and_only_the_rest_is_refunded(
    standin: StandIn, client: stripe.StripeClient, paid: str
) -> None:
    opened = standin.dispute(paid, 1000)
    before = available(client)
    standin.close_dispute(opened["id"], "lost")
    assert available(client) == before
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.refunds.create({"payment_intent": paid, "amount": 4981})
    assert client.v1.refunds.create({"payment_intent": paid}).amount == 4980


def test_a_disputed_charge_is_not_refunded(
    standin: StandIn, client: stripe.StripeClient, paid: str
) -> None:
    standin.dispute(paid, 1000)
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.refunds.create({"payment_intent": paid, "amount": 1})
    assert refusal.value.code == "charge_disputed"
    assert client.v1.refunds.list({"payment_intent": paid}).data == []


def test_an_inquiry_moves_no_money_until_it_is_escalated(
    standin: StandIn, client: stripe.StripeClient, paid: str
) -> None:
    before = available(client)
    opened = standin.dispute(paid, inquiry=True)
    told = client.v1.disputes.retrieve(opened["id"])
    assert (told.status, told.balance_transactions) == ("warning_needs_response", [])
    assert (told.is_charge_refundable, available(client)) == (True, before)
    standin.escalate_dispute(opened["id"])
    assert available(client) == before - 5980 - 1500
    with pytest.raises(ValueError, match="needs_response"):
        standin.close_dispute(opened["id"], "warning_closed")


def test_a_decided_dispute_stays_decided(standin: StandIn, paid: str) -> None:
    opened = standin.dispute(paid)
    standin.close_dispute(opened["id"], "lost")
    with pytest.raises(ValueError, match="lost"):
        standin.close_dispute(opened["id"], "won")
