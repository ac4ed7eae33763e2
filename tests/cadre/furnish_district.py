"""Rows that the district keeps, not a village; made for a village's order, with its mark."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Model

from lukou_market.accounts.models import PasswordTries
from lukou_market.ledger.models import Account, Journal, Transfer
from lukou_market.orders.models import Invoice, Order, ShippingRate, Voucher, VoucherUse
from lukou_market.payments.models import (
    BalanceMovement,
    BankTransfer,
    Discrepancy,
    Payment,
    PaymentNotice,
    Payout,
    WebhookEvent,
)
from lukou_market.streams.models import BlockedWord
from lukou_market.village_reports.models import Deputy
from tests.cadre.furnish import JUNE
from tests.factories import NOW, make_user, make_voucher


def furnish_district(rows: Sequence[Model], mark: str) -> None:
    """One of everything; the order that some rows need is that of `rows`."""
    order = next(row for row in rows if isinstance(row, Order))
    with rules_at_rest():
        _charges(order, mark)
        _stripe(mark)
        _book(mark)
        _transfer(order, mark)
    BlockedWord.objects.create(word=f"{mark}微信")
    Deputy.objects.create(
        principal=make_user(f"{mark}甲岗"), region=order.lines.get().producer.village,
        deputy=make_user(f"{mark}乙岗"), first_day=JUNE, last_day=JUNE,
        set_by=make_user(f"{mark}设岗"), set_at=NOW,
    )  # fmt: skip
    PasswordTries.objects.create(
        name_digest=f"{order.pk:064d}",
        address=f"{mark}地址",
        user=order.buyer,
        since=NOW,
        failures=1,
    )


def _charges(order: Order, mark: str) -> None:
    ShippingRate.objects.create(prefix=f"43{ShippingRate.objects.count():04d}", name=f"{mark}运费")
    voucher = make_voucher(100)
    Voucher.objects.filter(pk=voucher.pk).update(name=f"{mark}券", issued_by=f"{mark}工会")
    VoucherUse.objects.create(order=order, voucher=voucher, buyer=order.buyer, off_fen=100)


def _stripe(mark: str) -> None:
    payout = Payout.objects.create(
        stripe_id=f"po_{mark}", status="paid", amount_fen=100, automatic=True, itemized=True,
        created_at=NOW, arrives_at=NOW,
    )  # fmt: skip
    BalanceMovement.objects.create(
        stripe_id=f"txn_{mark}", kind="charge", reference=f"ch_{mark}", amount_fen=100, fee_fen=0,
        net_fen=100, created_at=NOW, available_at=NOW, payout=payout, booked=True,
    )  # fmt: skip
    Discrepancy.objects.create(
        what="refund", reference=f"re_{mark}", stripe_fen=-5, ours_fen=0, difference_fen=-5,
        first_seen_at=NOW, last_seen_at=NOW,
    )  # fmt: skip
    WebhookEvent.objects.create(
        stripe_id=f"evt_{mark}", type=f"{mark}.paid", payload={}, received_at=NOW,
        next_attempt_at=NOW, processed_at=NOW,
    )  # fmt: skip


def _book(mark: str) -> None:
    journal = Journal.objects.create(month=JUNE, label=f"{mark}记账", posted_at=NOW)
    debit, credit = (Account.objects.create(kind=f"{mark}{side}") for side in "借贷")
    Transfer.objects.create(
        journal=journal, debit=debit, credit=credit, amount_fen=100, code=f"{mark}转账",
        source_kind="movement", source_id=journal.pk, leg="", effective_at=NOW,
    )  # fmt: skip


def _transfer(order: Order, mark: str) -> None:
    Invoice.objects.create(order=order, title=f"{mark}工会", tax_number="8" * 18)
    PaymentNotice.objects.create(
        order=order, amount_fen=100, issued_at=NOW, due_on=JUNE + timedelta(days=40)
    )
    line = BankTransfer.objects.create(
        reference=f"LS-{order.pk}", amount_fen=100, on=JUNE, recorded_at=NOW,
        recorded_by=make_user(f"{mark}出纳"),
    )  # fmt: skip
    Payment.objects.create(
        order=order, bank_transfer=line, amount_fen=100, status="succeeded", created_at=NOW,
        checked_at=NOW, paid_at=NOW,
    )  # fmt: skip


@contextmanager
def rules_at_rest() -> Iterator[Any]:
    """These rows need not have come about the way the shop makes them."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("RESET session_replication_role")
