"""Automatic payouts: what they are made of, and when they come back."""

import pytest
import stripe

from lukou_market.demo.stripe_standin.server import StandIn


def available(client: stripe.StripeClient) -> int:
    return client.v1.balance.retrieve().available[0].amount


def test_a_payout_sends_everything_and_names_its_movements(
    standin: StandIn, client: stripe.StripeClient, paid: str
) -> None:
    client.v1.refunds.create({"payment_intent": paid, "amount": 980})
    standin.charge_fee(64)
    sent = standin.pay_out()
    told = client.v1.payouts.retrieve(sent["id"])
    assert (told.amount, told.status, told.automatic) == (5944 - 980 - 64, "in_transit", True)
    assert told.reconciliation_status == "completed"
    listed = client.v1.balance_transactions.list({"payout": told.id, "limit": 100}).data
    assert [(row.reporting_category, row.net) for row in listed] == [
        ("payout", -4900),
        ("fee", -64),
        ("refund", -980),
        ("charge", 5944),
    ]
    assert (sum(row.net for row in listed), available(client)) == (0, 0)
    assert [one.id for one in client.v1.payouts.list().data] == [told.id]


def test_the_next_payout_sends_only_what_is_new(
    standin: StandIn, client: stripe.StripeClient, paid: str
) -> None:
    standin.pay_out()
    with pytest.raises(ValueError, match="nothing to pay out"):
        standin.pay_out()


def test_a_payout_comes_back_even_after_it_arrived(
    standin: StandIn, client: stripe.StripeClient, paid: str
) -> None:
    sent = standin.pay_out()
    standin.settle_payout(sent["id"])
    standin.settle_payout(sent["id"], "failed")
    told = client.v1.payouts.retrieve(sent["id"])
    assert (told.status, told.failure_code) == ("failed", "account_closed")
    back = client.v1.balance_transactions.retrieve(str(told.failure_balance_transaction))
    assert (back.type, back.reporting_category) == ("payout_failure", "payout_reversal")
    assert (back.amount, available(client)) == (5944, 5944)
    assert standin.pay_out()["amount"] == 5944


def test_movements_of_an_unknown_payout_are_refused(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.balance_transactions.list({"payout": "po_none"})
