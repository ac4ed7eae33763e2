"""Stripe's side of the audit: a fen that Stripe has more or less than we know of is named."""

from typing import Any

import pytest
from django.db import connection

from lukou_market.aid.audit_books import Finding, audit_books
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.payments.models import Payment, Refund
from tests.payments.shop import Shop


@pytest.fixture(autouse=True)
def sold(shop: Shop) -> None:
    """A sale, refunded in part: Stripe, orders, payments and book agree."""
    order = shop.paid_order()
    refund = shop.ask_back(order, 100)
    Refund.objects.filter(pk=refund.pk).update(status="approved")
    shop.settle()
    post_due_orders(now=shop.now)
    assert audit_books(with_stripe=True).proved


def movement(shop: Shop, kind: str) -> dict[str, Any]:
    """What moved Stripe's balance, as the stand-in keeps it."""
    [found] = [
        row
        for row in shop.standin.account.store.newest_first("balance_transaction")
        if row["reporting_category"] == kind
    ]
    return found


@pytest.mark.parametrize("kind", ["charge", "refund"])
@pytest.mark.parametrize("fen", [1, -1])
def test_one_fen_at_stripe_is_named(shop: Shop, kind: str, fen: int) -> None:
    row = movement(shop, kind)
    shop.standin.account.store.put({**row, "amount": row["amount"] + fen, "net": row["net"] + fen})

    findings = audit_books(with_stripe=True).findings
    assert findings == [
        Finding("Stripe ↔ payments", f"movement {row['id']}", fen),
        Finding("Stripe ↔ payments", "balance", fen),
    ]


@pytest.mark.parametrize("kind", ["charge", "refund"])
def test_one_fen_in_our_copy_is_named_beside_the_payment(shop: Shop, kind: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE payments_balancemovement SET amount_fen = amount_fen - 1,"
            " net_fen = net_fen - 1 WHERE kind = %s",
            [kind],
        )
        assert cursor.rowcount == 1
        cursor.execute("RESET session_replication_role")

    names = {
        "charge": f"payment {Payment.objects.get().payment_intent_id}",
        "refund": f"refund {Refund.objects.get().stripe_id}",
    }
    findings = audit_books(with_stripe=False).findings + audit_books(with_stripe=True).findings
    assert Finding("Stripe ↔ payments", names[kind], -1) in findings
    assert {abs(finding.difference_fen) for finding in findings} == {1}
