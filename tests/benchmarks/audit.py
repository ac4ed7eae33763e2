"""Rows a second of audit_books over a book of millions of transfers.

deploy/bench audit [--transfers N]: N is 5,000,000 unless told.
"""

import argparse
import json
import sys

from django.utils import timezone

from lukou_market.aid.audit_books import Audit, audit_books
from tests.benchmarks.support.district import make_district
from tests.benchmarks.support.large_book import fill_book
from tests.benchmarks.support.paid_orders import (
    add_paid_orders,
    post_all,
    receive_orders,
    seconds,
)
from tests.benchmarks.support.shop import query

_ORDERS = 1_000
_ROWS = (
    "orders_order", "orders_orderline", "orders_orderevent", "payments_payment", "ledger_transfer",
    "aid_householdtotal", "aid_producertotal",
)  # fmt: skip


def main() -> None:
    """Print one JSON object; exits 1 when the book does not add up."""
    parser = argparse.ArgumentParser(prog="deploy/bench audit", description=__doc__)
    parser.add_argument("--transfers", type=int, default=5_000_000)
    wanted = parser.parse_args(sys.argv[2:]).transfers
    make_district()
    add_paid_orders(_ORDERS, now=timezone.now())
    post_all()
    receive_orders(now=timezone.now())
    post_all()
    fill_s = seconds(lambda: fill_book(wanted))
    audits: list[Audit] = []
    audit_s = seconds(lambda: audits.append(audit_books(with_stripe=False)))
    rows = {table: int(query(f"SELECT count(*) FROM {table}")[0][0]) for table in _ROWS}
    result = {
        "rows_per_s": round(sum(rows.values()) / audit_s),
        "audit_s": round(audit_s, 1),
        "rows": sum(rows.values()),
        "transfers": rows["ledger_transfer"],
        "orders": rows["orders_order"],
        "fill_s": round(fill_s, 1),
        "unexplained_fen": audits[0].unexplained_fen,
    }
    sys.stdout.write(f"{json.dumps(result)}\n")
    sys.exit(not audits[0].proved)
