from typing import Any

import pytest
import stripe

from lukou_market.demo.stripe_standin.server import StandIn

from .conftest import Clock, NewSession


def test_movements_are_paged_newest_first(
    standin: StandIn, client: stripe.StripeClient, new_session: NewSession
) -> None:
    for amount_fen in (100, 200, 300, 400, 500):
        standin.pay(new_session(amount_fen).id, "card")
    first = client.v1.balance_transactions.list({"limit": 2})
    assert ([row.amount for row in first.data], first.has_more) == ([500, 400], True)
    last = client.v1.balance_transactions.list({"limit": 3, "starting_after": first.data[-1].id})
    assert ([row.amount for row in last.data], last.has_more) == ([300, 200, 100], False)
    newer = client.v1.balance_transactions.list({"limit": 1, "ending_before": last.data[0].id})
    assert ([row.amount for row in newer.data], newer.has_more) == ([400], True)
    everything = client.v1.balance_transactions.list({"limit": 2}).auto_paging_iter()
    assert [row.amount for row in everything] == [500, 400, 300, 200, 100]


@pytest.mark.parametrize(
    ("method", "types"),
    [("card", ["refund", "charge"]), ("wechat_pay", ["payment_refund", "payment"])],
)
def test_movements_name_their_source_and_meaning(
    standin: StandIn,
    client: stripe.StripeClient,
    new_session: NewSession,
    method: str,
    types: list[str],
) -> None:
    session = new_session(10_000)
    standin.pay(session.id, method)
    intent = str(client.v1.checkout.sessions.retrieve(session.id).payment_intent)
    refund = client.v1.refunds.create({"payment_intent": intent, "amount": 4_000})
    rows = client.v1.balance_transactions.list().data
    assert [(row.amount, row.fee, row.net) for row in rows] == [
        (-4_000, 0, -4_000),
        (10_000, 60, 9_940),
    ]
    assert [row.source for row in rows] == [refund.id, refund.charge]
    assert [row.reporting_category for row in rows] == ["refund", "charge"]
    assert [row.type for row in rows] == types
    only = client.v1.balance_transactions.list({"type": types[0]}).data
    assert [row.id for row in only] == [rows[0].id]


def test_movements_are_chosen_by_time(
    standin: StandIn, client: stripe.StripeClient, new_session: NewSession, clock: Clock
) -> None:
    standin.pay(new_session(100).id)
    clock.passed_s = 3600
    session = new_session(200)
    standin.pay(session.id)
    recent = client.v1.balance_transactions.list({"created": {"gte": session.created}}).data
    older = client.v1.balance_transactions.list({"created": {"lt": session.created}}).data
    assert ([row.amount for row in recent], [row.amount for row in older]) == ([200], [100])


def test_a_movement_shows_its_source_when_asked_to(client: stripe.StripeClient, paid: str) -> None:
    rows = client.v1.balance_transactions.list({"expand": ["data.source"]}).data
    charge: Any = rows[0].source
    assert (charge.object, charge.payment_intent) == ("charge", paid)


def test_what_holds_no_id_cannot_be_expanded(client: stripe.StripeClient, paid: str) -> None:
    with pytest.raises(stripe.InvalidRequestError, match=r"expanded \(amount\)"):
        client.v1.payment_intents.retrieve(paid, {"expand": ["amount"]})
