"""The plans of the five statements that run most, or over most rows, in a book of a fair size.

deploy/bench explain [--transfers N]: N is 1,000,000 unless told. Prints each plan, then JSON.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from lukou_market.aid.household_selection import Selection
from lukou_market.aid.models import HouseholdTotal
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.aid.trace_household import trace_household
from lukou_market.households.models import Household
from lukou_market.ledger.months import month_of
from lukou_market.orders.expire_orders import expire_due_orders
from lukou_market.orders.place_order import OrderRequest, place_batch
from lukou_market.regions.models import Level, Region
from lukou_market.reports.aid_sales import aid_sales
from lukou_market.reports.question import Question
from lukou_market.streams.models import Offer
from tests.benchmarks.support.district import make_district
from tests.benchmarks.support.large_book import fill_book
from tests.benchmarks.support.paid_orders import add_paid_orders, post_all, receive_orders
from tests.benchmarks.support.shop import make_buyers, query

_BATCH, _UNPAID, _DUE = 64, 2_000, 2_000
_EXPLAIN = "EXPLAIN (ANALYZE, BUFFERS, WAL, FORMAT {})"


def main() -> None:
    """Print the plan of each use case's longest statement, and one JSON object."""
    parser = argparse.ArgumentParser(prog="deploy/bench explain", description=__doc__)
    parser.add_argument("--transfers", type=int, default=1_000_000)
    _fill(parser.parse_args(sys.argv[2:]).transfers)
    result: dict[str, Any] = {"transfers": query("SELECT count(*) FROM ledger_transfer")[0][0]}
    for name, use_case in _use_cases().items():
        sql, values = _longest_statement(use_case)
        sys.stdout.write(f"\n{name}\n{_plan(sql, values)}\n")
        result[name] = _cost(sql, values)
    sys.stdout.write(f"{json.dumps(result)}\n")


def _fill(transfers: int) -> None:
    make_district()
    now = timezone.now()
    add_paid_orders(2_000, now=now)
    post_all()
    receive_orders(now=now)
    post_all()
    fill_book(transfers)
    add_paid_orders(_DUE, now=now)
    place_batch(requests=_requests(_UNPAID), now=now - timedelta(days=1))
    query("ANALYZE")


def _requests(count: int) -> list[OrderRequest]:
    offer = Offer.objects.earliest("pk")
    return [
        OrderRequest(buyer, "explain", offer.pk, 1, offer.price_fen) for buyer in make_buyers(count)
    ]


def _use_cases() -> dict[str, Callable[[], object]]:
    now = timezone.now()
    month = month_of(now)
    richest = HouseholdTotal.objects.order_by("-credited_fen")[0].household_id
    household = Household.objects.get(pk=richest)
    question = Question(Region.objects.get(level=Level.DISTRICT), month, month)
    requests = _requests(_BATCH)
    return {
        "a batch of 64 orders": lambda: place_batch(requests=requests, now=now),
        "1,000 reservations expire": lambda: expire_due_orders(now=now),
        "a worker claims what is due": lambda: post_due_orders(now=now, limit=1_000),
        "the newest journals of a household": lambda: trace_household(
            household=household, selection=Selection(month, month)
        ),
        "what reached a district's households": lambda: aid_sales(question, now=now),
    }


def _longest_statement(use_case: Callable[[], object]) -> tuple[str, Any]:
    """The statement of the use case that reads or writes on its own account and takes longest."""
    taken: list[tuple[float, str, Any]] = []

    def timed(execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
        began = timezone.now()
        try:
            return execute(sql, values, many, context)
        finally:
            taken.append(((timezone.now() - began).total_seconds(), sql, values))

    with _undone(), connection.execute_wrapper(timed):
        use_case()
    readers = [one for one in taken if one[1].lstrip().startswith(("SELECT", "WITH", "UPDATE o"))]
    _seconds, sql, values = max(readers, key=lambda one: one[0])
    return sql, values


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _plan(sql: str, values: Any) -> str:
    with _undone(), connection.cursor() as cursor:
        cursor.execute(f"{_EXPLAIN.format('TEXT')} {sql}", values)
        return "\n".join(line for (line,) in cursor.fetchall())


def _cost(sql: str, values: Any) -> dict[str, float]:
    with _undone(), connection.cursor() as cursor:
        cursor.execute(f"{_EXPLAIN.format('JSON')} {sql}", values)
        [(plans,)] = cursor.fetchall()
    found = (json.loads(plans) if isinstance(plans, str) else plans)[0]
    plan = found["Plan"]
    return {
        "ms": round(found["Execution Time"], 1),
        "buffers": plan["Shared Hit Blocks"] + plan["Shared Read Blocks"],
        "wal_b": plan.get("WAL Bytes", 0),
    }
