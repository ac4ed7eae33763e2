import pytest
import stripe

from lukou_market.demo.stripe_standin.server import StandIn

from .conftest import NewSession
from .receiver import Receiver


def available(client: stripe.StripeClient) -> int:
    return client.v1.balance.retrieve().available[0].amount


def test_a_charge_is_refunded_in_parts_and_then_whole(
    client: stripe.StripeClient, paid: str
) -> None:
    part = client.v1.refunds.create(
        {"payment_intent": paid, "amount": 980, "metadata": {"refund": "R1"}}
    )
    rest = client.v1.refunds.create({"charge": str(part.charge)})
    assert (part.status, part.amount, rest.amount) == ("succeeded", 980, 5000)
    assert client.v1.refunds.retrieve(part.id).to_dict()["metadata"] == {"refund": "R1"}
    charge = client.v1.charges.retrieve(str(part.charge))
    assert (charge.amount_refunded, charge.refunded) == (5980, True)
    listed = client.v1.refunds.list({"payment_intent": paid}).data
    assert [refund.id for refund in listed] == [rest.id, part.id]
    assert available(client) == -36  # the fee stays


def test_more_than_what_is_left_is_refused(client: stripe.StripeClient, paid: str) -> None:
    client.v1.refunds.create({"payment_intent": paid, "amount": 980})
    with pytest.raises(stripe.InvalidRequestError, match=r"¥50\.01.*¥50\.00") as refusal:
        client.v1.refunds.create({"payment_intent": paid, "amount": 5001})
    assert (refusal.value.http_status, refusal.value.param) == (400, "amount")
    assert available(client) == 5944 - 980


def test_nothing_left_is_refused_with_its_own_code(client: stripe.StripeClient, paid: str) -> None:
    client.v1.refunds.create({"payment_intent": paid})
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.refunds.create({"payment_intent": paid, "amount": 1})
    assert (refusal.value.http_status, refusal.value.code) == (400, "charge_already_refunded")
    assert len(client.v1.refunds.list().data) == 1


def test_a_declined_payment_has_nothing_to_refund(
    standin: StandIn, client: stripe.StripeClient, new_session: NewSession
) -> None:
    session = new_session()
    standin.pay(session.id, "decline")
    intent = str(client.v1.checkout.sessions.retrieve(session.id).payment_intent)
    with pytest.raises(stripe.InvalidRequestError, match="successful charge"):
        client.v1.refunds.create({"payment_intent": intent})
    assert client.v1.refunds.list().data == []


def test_a_refund_tells_what_happened(
    client: stripe.StripeClient, receiver: Receiver, paid: str
) -> None:
    receiver.types(3)
    client.v1.refunds.create({"payment_intent": paid})
    assert receiver.types(3) == ["charge.refunded", "refund.created", "refund.updated"]


def test_a_pending_refund_succeeds_later(
    standin: StandIn, client: stripe.StripeClient, paid: str
) -> None:
    standin.refunds_pending(True)
    refund = client.v1.refunds.create({"payment_intent": paid})
    assert refund.status == "pending"
    assert standin.settle_refund(refund.id)["status"] == "succeeded"
    with pytest.raises(ValueError, match="status of `succeeded`"):
        standin.settle_refund(refund.id, "failed")
    assert available(client) == -36


def test_a_failed_refund_returns_the_money_to_the_balance(
    standin: StandIn, client: stripe.StripeClient, receiver: Receiver, paid: str
) -> None:
    standin.refunds_pending(True)
    refund = client.v1.refunds.create({"payment_intent": paid, "amount": 980})
    receiver.types(5)
    standin.settle_refund(refund.id, "failed")
    assert receiver.types(2) == ["refund.failed", "refund.updated"]
    assert client.v1.refunds.retrieve(refund.id).status == "failed"
    assert client.v1.charges.retrieve(str(refund.charge)).amount_refunded == 0
    assert available(client) == 5944
