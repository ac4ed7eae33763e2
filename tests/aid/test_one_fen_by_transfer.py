"""One fen out of place in what came and went by bank transfer: the audit names it."""

from datetime import timedelta

import pytest

from lukou_market.aid.audit_books import audit_books
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.payments.models import Refund
from lukou_market.payments.request_refund import request_refund
from tests.aid.tampering import named, one_more, tamper, transfer
from tests.factories import NOW, make_household, make_link, make_offer, make_producer, make_sku
from tests.organisations.lists import make_organisation
from tests.organisations.transfers import come, order_list, sent_back

pytestmark = pytest.mark.django_db

_APPLIED = "bank_transfer_id IS NOT NULL AND applied"
_SURPLUS = "bank_transfer_id IS NOT NULL AND NOT applied"
_CLEARING = "(SELECT id FROM ledger_account WHERE kind = 'stripe_clearing')"


@pytest.fixture(autouse=True)
def bought() -> None:
    """A list paid by transfer and partly given back, and a transfer of another amount returned."""
    producer = make_producer()
    make_link(producer, make_household(), 3000)
    offer = make_offer(
        sku=make_sku(producer), quota=100, organisations_until=NOW + timedelta(days=1)
    )
    order = order_list(make_organisation(), offer)
    sent_back(come(order, 7, give_back=True).refunds.get())
    come(order)
    refund = request_refund(
        buyer_id=order.buyer_id, number=order.number, amount_fen=1000, note="", now=NOW
    )
    Refund.objects.filter(pk=refund.pk).update(status="approved")
    sent_back(refund)
    post_due_orders(now=NOW)
    assert audit_books(with_stripe=False).proved


def in_line(where: str) -> str:
    return one_more("payments_banktransfer", "amount_fen", where)


@pytest.mark.parametrize(
    ("check", "reference", "sql"),
    [
        ("bank statement ↔ payments", "bank transfer", in_line("amount_fen > 7")),
        ("bank statement ↔ payments", "bank transfer", in_line("amount_fen = 7")),
        ("bank statement ↔ payments", "bank transfer", in_line("amount_fen = -1000")),
        (
            "bank statement ↔ payments", "bank transfer",
            one_more("payments_payment", "amount_fen", _APPLIED),
        ),
        (
            "bank statement ↔ payments", "bank transfer",
            one_more("payments_refund", "amount_fen", "amount_fen = 1000"),
        ),
        ("payment ↔ book", "payment", one_more("payments_payment", "amount_fen", _APPLIED)),
        ("payment ↔ book", "payment", transfer("transfer_received")),
        ("bank ↔ book", "bank", transfer("transfer_received")),
        ("bank ↔ book", "bank", transfer("surplus_refunded")),
        ("bank ↔ book", "bank", transfer("refund_pending")),
        ("bank ↔ book", "bank", one_more("payments_payment", "amount_fen", _SURPLUS)),
        ("surplus refund ↔ book", "refund", transfer("surplus_refunded")),
        ("order ↔ payment", "order", one_more("payments_payment", "amount_fen", _APPLIED)),
        (
            "order ↔ refunds by transfer", "order",
            one_more("payments_refund", "amount_fen", "amount_fen = 1000"),
        ),
        (
            "order ↔ refunds by transfer", "order",
            one_more("orders_orderevent", "amount_fen", "kind = 'refund'"),
        ),
    ],
)  # fmt: skip
def test_one_fen_is_named(check: str, reference: str, sql: str) -> None:
    tamper(sql)
    found = named(check, reference)
    assert [abs(finding.difference_fen) for finding in found] == [1]


@pytest.mark.parametrize("check", ["order ↔ refunds by transfer", "bank ↔ book", "rules ↔ book"])
def test_a_refund_that_seems_to_have_gone_through_stripe_is_named(check: str) -> None:
    tamper("UPDATE orders_orderevent SET by_transfer = false WHERE kind = 'refund'")
    assert 1000 in [abs(finding.difference_fen) for finding in named(check, "")]


def test_money_booked_at_stripe_that_came_to_our_bank_is_named() -> None:
    tamper("INSERT INTO ledger_account (kind, owner, part) VALUES ('stripe_clearing', 0, '')")
    tamper(
        f"UPDATE ledger_transfer SET debit_id = {_CLEARING}"
        " WHERE code = 'transfer_received' AND amount_fen > 7"
    )
    assert named("bank ↔ book", "bank") and named("Stripe's balance ↔ book", "stripe_clearing")


def test_a_line_of_the_statement_that_pays_nothing_is_named() -> None:
    tamper(
        'INSERT INTO payments_banktransfer (reference, amount_fen, "on", recorded_by_id,'
        " recorded_at) SELECT 'NOBODYS', 5, \"on\", recorded_by_id, recorded_at"
        " FROM payments_banktransfer LIMIT 1"
    )
    [found] = named("bank statement ↔ payments", "NOBODYS")
    assert found.difference_fen == 5
