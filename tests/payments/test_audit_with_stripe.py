"""Stripe's side of the audit: a fen that Stripe has more or less than we know of is named."""

from typing import Any

import pytest

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

    [finding] = audit_books(with_stripe=True).findings
    names = {
        "charge": f"payment {Payment.objects.get().payment_intent_id}",
        "refund": f"refund {Refund.objects.get().stripe_id}",
    }
    assert finding == Finding("Stripe ↔ payments", names[kind], fen)
