"""The audit names the fen that does not fit, wherever somebody tampers with it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from lukou_market.aid.audit_books import audit_books
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.orders.address import set_address
from lukou_market.orders.advance import mark_packed, mark_received, mark_shipped
from lukou_market.orders.models import Order
from lukou_market.orders.record_refund import record_refund
from lukou_market.payments.confirm_payments import Received, confirm_payments
from lukou_market.payments.models import Payment
from tests.factories import (
    ADDRESS,
    NOW,
    make_household,
    make_link,
    make_offer,
    make_producer,
    make_sku,
    make_user,
    place,
)

pytestmark = pytest.mark.django_db


def pay(order: Order) -> Order:
    """A payment as the worker confirms it."""
    set_address(order=order, address=ADDRESS)
    payment = Payment.objects.create(
        order=order, amount_fen=order.total_fen, created_at=NOW, checked_at=NOW
    )
    money = Received(payment.pk, f"pi_{payment.pk}", order.total_fen)
    confirm_payments(received=[money], now=NOW)
    order.refresh_from_db()
    return order


@pytest.fixture(autouse=True)
def books() -> None:
    """Sales received and pending, over two households: all of it proved."""
    producer = make_producer()
    for share_bp in (3000, 1500):
        make_link(producer, make_household(), share_bp)
    offer = make_offer(sku=make_sku(producer))
    for _ in range(3):
        order = pay(place(make_user(), offer))
        for step in (mark_packed, mark_shipped, mark_received):
            step(order=order, now=NOW)
    pay(place(make_user(), offer))
    post_due_orders(now=NOW)
    assert audit_books(with_stripe=False).proved


@contextmanager
def tampering() -> Iterator[None]:
    """As a superuser would: the triggers rest, the constraints stay."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("RESET session_replication_role")


FIRST_PAID = "id = (SELECT min(id) FROM ledger_transfer WHERE code = 'sale_paid')"
FIRST_RETAINED = "id = (SELECT min(id) FROM ledger_transfer WHERE code = 'sale_retained')"
FIRST_SHARE = "id = (SELECT min(id) FROM ledger_transfer WHERE code = 'share_credited')"
ONE_MORE_FEN = "UPDATE ledger_transfer SET amount_fen = amount_fen + 1 WHERE"
FIRST_ORDER = "id = (SELECT min(id) FROM orders_order)"
FIRST_PAYMENT = "id = (SELECT min(id) FROM payments_payment)"
FIRST_TOTAL = "id = (SELECT min(id) FROM aid_householdtotal)"


@pytest.mark.parametrize(
    ("check", "tamper"),
    [
        ("order event ↔ book", f"{ONE_MORE_FEN} {FIRST_PAID}"),
        ("order event ↔ book", f"DELETE FROM ledger_transfer WHERE {FIRST_RETAINED}"),
        ("rules ↔ book", f"{ONE_MORE_FEN} {FIRST_SHARE}"),
        ("pool ↔ its households", f"DELETE FROM ledger_transfer WHERE {FIRST_SHARE}"),
        ("transfer ↔ its cause", f"UPDATE ledger_transfer SET source_kind = '' WHERE {FIRST_PAID}"),
        (
            "book ↔ household totals",
            f"UPDATE aid_householdtotal SET credited_fen = credited_fen + 1 WHERE {FIRST_TOTAL}",
        ),
        ("book ↔ producer totals", "UPDATE aid_producertotal SET gross_fen = gross_fen + 1"),
        (
            "payment ↔ book",
            f"UPDATE payments_payment SET amount_fen = amount_fen + 1 WHERE {FIRST_PAYMENT}",
        ),
        ("order ↔ payment", f"UPDATE payments_payment SET applied = false WHERE {FIRST_PAYMENT}"),
        ("order ↔ refunds", f"UPDATE orders_order SET refunded_fen = 1 WHERE {FIRST_ORDER}"),
        ("order ↔ its lines", f"UPDATE orders_order SET total_fen = 1 WHERE {FIRST_ORDER}"),
        ("offer ↔ its orders (units)", "UPDATE streams_offer SET taken = taken + 1"),
    ],
)
def test_a_single_fen_or_unit_out_of_place_is_named(check: str, tamper: str) -> None:
    with tampering(), connection.cursor() as cursor:
        cursor.execute(tamper)
        assert cursor.rowcount == 1

    audit = audit_books(with_stripe=False)

    named = [finding for finding in audit.findings if finding.check == check]
    assert named
    assert all(finding.reference and finding.difference_fen for finding in named)
    assert audit.unexplained_fen >= 1


def test_units_sold_beyond_the_quota_are_counted() -> None:
    with tampering(), connection.cursor() as cursor:
        cursor.execute("UPDATE orders_orderline SET quantity = 100, total_fen = 100 * price_fen")
    assert audit_books(with_stripe=False).oversold_units == 300


def test_a_refund_the_payments_know_nothing_of_is_named() -> None:
    record_refund(order=Order.objects.earliest("id"), amount_fen=1, now=NOW)
    findings = audit_books(with_stripe=False).findings
    assert [(finding.check, finding.difference_fen) for finding in findings] == [
        ("order ↔ refunds", 1)
    ]


def test_the_command_fails_and_names_what_does_not_fit(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("audit_books", "--without-stripe")
    assert "proved" in capsys.readouterr().out
    with tampering(), connection.cursor() as cursor:
        cursor.execute("UPDATE aid_producertotal SET gross_fen = gross_fen + 1")
    with pytest.raises(CommandError, match=r"0\.01 unexplained"):
        call_command("audit_books", "--without-stripe")
    assert "book ↔ producer totals: producer" in capsys.readouterr().err
