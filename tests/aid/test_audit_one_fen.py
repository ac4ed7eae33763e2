"""One fen out of place, put there past the shop as a superuser could: the audit names it."""

import pytest
from django.db import connection

from lukou_market.aid import audit_books as audit_module
from lukou_market.aid.audit_books import audit_books
from lukou_market.aid.close_period import prepare_period, sign_period
from lukou_market.aid.post_orders import post_due_orders
from tests.aid.months import IN_JULY, IN_JUNE, JUNE, Books
from tests.aid.tampering import named, one_more, tamper, tampering, transfer
from tests.factories import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sold(books: Books) -> None:
    """Sales pending, received and refunded, before and after receipt: all of it proved."""
    received, pending, _other = books.sale(), books.paid(), books.sale()
    post_due_orders(now=IN_JUNE)
    books.refund(received, 100, now=IN_JUNE)
    books.refund(received, 1, now=IN_JUNE)
    books.refund(pending, 100, now=IN_JUNE)
    assert audit_books(with_stripe=False).proved


@pytest.mark.parametrize(
    ("check", "reference", "sql"),
    [
        ("order event ↔ book", "paid", transfer("sale_paid")),
        ("order event ↔ book", "received", transfer("sale_retained")),
        ("order event ↔ book", "received", transfer("sale_pooled")),
        ("order event ↔ book", "refund", transfer("refund_pending")),
        ("order event ↔ book", "refund", transfer("refund_retained")),
        ("order event ↔ book", "refund", transfer("refund_pooled")),
        ("rules ↔ book", "household_expected", transfer("share_expected")),
        ("rules ↔ book", "household_expected", transfer("share_released")),
        ("rules ↔ book", "household", transfer("share_credited")),
        ("pool ↔ its households", "pool of producer", transfer("share_credited")),
        ("rules ↔ book", "household", transfer("share_reversed")),
        ("payment ↔ book", "payment", transfer("payment_received")),
        ("book ↔ household totals", "household", transfer("share_credited")),
        ("book ↔ producer totals", "producer", transfer("refund_retained")),
        (
            "order event ↔ book", "refund",
            "DELETE FROM ledger_transfer WHERE code LIKE 'refund%' AND amount_fen = 1",
        ),
        *(
            ("book ↔ household totals", "household", one_more("aid_householdtotal", column))
            for column in ("credited_fen", "reversed_fen", "pending_fen")
        ),
        *(
            ("book ↔ producer totals", "producer", one_more("aid_producertotal", column))
            for column in ("gross_fen", "refunded_fen", "received_fen", "pending_fen")
        ),
        *(
            ("book ↔ sales by day", "producer", one_more("aid_salesday", column))
            for column in ("gross_fen", "refunded_fen")
        ),
        ("payment ↔ book", "payment", one_more("payments_payment", "amount_fen")),
        ("order ↔ payment", "order", one_more("payments_payment", "amount_fen")),
        ("order ↔ refunds", "order", one_more("payments_refund", "amount_fen")),
        ("order ↔ refunds", "order", one_more("orders_order", "refunded_fen")),
        (
            "order event ↔ book", "refund",
            one_more("orders_orderevent", "amount_fen", "kind = 'refund'"),
        ),
        (
            "order ↔ its events", "order",
            one_more("orders_orderevent", "amount_fen", "kind = 'refund'"),
        ),
        ("order ↔ its lines", "order", one_more("orders_order", "total_fen")),
        ("order ↔ payment", "order", one_more("orders_order", "total_fen")),
    ],
)  # fmt: skip
def test_one_fen_is_named_with_its_place_and_difference(
    check: str, reference: str, sql: str
) -> None:
    tamper(sql)
    found = named(check, reference)
    assert found
    assert {abs(finding.difference_fen) for finding in found} == {1}


def test_one_fen_in_a_signed_month_is_named_beside_the_signed_figures() -> None:
    prepare_period(month=JUNE, prepared_by=make_staff("preparer"), now=IN_JULY)
    sign_period(month=JUNE, signed_by=make_staff("signer"), now=IN_JULY)
    assert audit_books(with_stripe=False).proved
    tamper(transfer("share_credited"))
    found = named("signed period ↔ book", "period 2026-06: household livestream property credited")
    assert [finding.difference_fen for finding in found] == [-1]


@pytest.mark.parametrize(
    "change",
    [
        "content = convert_to(replace(convert_from(content, 'UTF8'), '\"gross_fen\":3000',"
        " '\"gross_fen\":3001'), 'UTF8')",
        "sha256 = repeat('0', 64)",
    ],
)
def test_a_signed_month_that_was_changed_is_named(change: str) -> None:
    prepare_period(month=JUNE, prepared_by=make_staff("preparer"), now=IN_JULY)
    sign_period(month=JUNE, signed_by=make_staff("signer"), now=IN_JULY)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE aid_period DROP CONSTRAINT period_has_content")
    tamper(f"UPDATE aid_period SET {change}")
    assert named("signed periods ↔ their hashes", "period 2026-06: The signed bytes don't have")
    assert not audit_books(with_stripe=False).proved


def test_of_countless_differences_the_first_are_named_and_the_rest_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with tampering(), connection.cursor() as cursor:
        cursor.execute("UPDATE aid_producertotal SET gross_fen = gross_fen + 5")
        cursor.execute("UPDATE aid_householdtotal SET credited_fen = credited_fen + 1")
    whole = audit_books(with_stripe=False)
    monkeypatch.setattr(audit_module, "KEPT", 1)
    cut = audit_books(with_stripe=False)
    assert len(whole.findings) == 3
    assert (len(cut.findings), cut.more) == (1, 2)
    assert cut.unexplained_fen == whole.unexplained_fen == 7
