"""Order lines posted to the book a second, against the same rows inserted by plain SQL.

deploy/bench posting [--lines N] [--workers M]: N paid lines (default 200,000) over 2,925
households, posted by M threads at once (default 2; a worker of the shop has four). The
reference has one connection.
"""

import argparse
import json
import sys

from django.utils import timezone

from lukou_market.aid.audit_books import audit_books
from tests.benchmarks.support.book_by_sql import forget_book, insert_book, keep_book, same_book
from tests.benchmarks.support.district import make_district
from tests.benchmarks.support.paid_orders import (
    add_paid_orders,
    post_together,
    receive_orders,
    seconds,
    vacuum,
)
from tests.benchmarks.support.shop import query


def main() -> None:
    """Print one JSON object; exits 1 when the two books differ or do not add up."""
    parser = argparse.ArgumentParser(prog="deploy/bench posting", description=__doc__)
    parser.add_argument("--lines", type=int, default=200_000)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args(sys.argv[2:])
    lines, workers = arguments.lines, arguments.workers
    make_district()
    add_paid_orders(lines, now=timezone.now())
    vacuum()
    paid_s = seconds(lambda: post_together(workers))
    receive_orders(now=timezone.now())
    vacuum()
    received_s = seconds(lambda: post_together(workers))
    audit = audit_books(with_stripe=False)
    transfers = int(query("SELECT count(*) FROM ledger_transfer")[0][0])
    keep_book()
    forget_book()
    vacuum()
    reference_s = seconds(insert_book)
    result = {
        "lines": lines,
        "workers": workers,
        "households": int(query("SELECT count(*) FROM households_household")[0][0]),
        "transfers": transfers,
        "lines_per_s": round(lines / (paid_s + received_s)),
        "reference_lines_per_s": round(lines / reference_s),
        "ratio": round(reference_s / (paid_s + received_s), 2),
        "paid_lines_per_s": round(lines / paid_s),
        "received_lines_per_s": round(lines / received_s),
        "same_book": same_book(),
        "unexplained_fen": audit.unexplained_fen,
    }
    sys.stdout.write(f"{json.dumps(result)}\n")
    sys.exit(not (result["same_book"] and audit.proved))
