"""What the cadre's pages cost on a book of 10,000 transfers, and on one of millions.

deploy/bench desk [--transfers N] [--rounds N]: 5,000,000 transfers and at most four rounds unless
told. A town's cadre visits every page in both, one after the other, and once more where it seems
to cost more in the large one. A page's cost is the time its best visit held a processor, here and
in PostgreSQL: other work on the machine does not count.
"""

import argparse
import json
import math
import sys
import time
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import reverse

from lukou_market.accounts.models import Role, User
from lukou_market.accounts.staff_session import SEEN_AT
from lukou_market.regions.desk import SECOND_FACTOR_AT
from lukou_market.streams.models import Offer
from tests.benchmarks.support.around_orders import AROUND, add_around_orders
from tests.benchmarks.support.desk_pages import pages_of
from tests.benchmarks.support.district import make_district
from tests.benchmarks.support.large_book import fill_book
from tests.benchmarks.support.page_cost import as_many_rows, best_ms, queries_of
from tests.benchmarks.support.paid_orders import (
    add_paid_orders,
    post_all,
    receive_orders,
    seconds,
)
from tests.benchmarks.support.row_security import kept_by_policies
from tests.benchmarks.support.shop import query
from tests.cadre.conftest import signed_in
from tests.cadre.matrix.world import World, build_world
from tests.factories import NOW, make_region, make_staff

TOWN = "430212101000"
MOST_QUERIES, MOST_RATIO = 30, 1.5
_SMALL, _NO_DOUBT, _NEVER_SOLD_OUT = 10_000, 1.2, 100_000_000


def main() -> None:
    """Print one JSON object; exits 1 when a page grows with the book or asks too often."""
    parser = argparse.ArgumentParser(prog="deploy/bench desk", description=__doc__)
    parser.add_argument("--transfers", type=int, default=5_000_000)
    parser.add_argument("--rounds", type=int, default=4)
    asked = parser.parse_args(sys.argv[2:])
    setup_test_environment()  # keeps what was rendered with, for filters to visit
    world, transfers = fill_small_book()
    client = sit_down("town")
    books = [str(connection.settings_dict["NAME"]), copy_database()]
    filled: list[int] = []
    fill_s = seconds(lambda: filled.append(fill_book(asked.transfers, AROUND)))
    query("VACUUM (ANALYZE)")
    connect(books[1])  # whose rows are in both books; a copied row is in one only
    found = list(pages_of(client, world))
    pages = {page: _compared(client, page, books, asked.rounds) for page in found}
    worst = max(pages, key=lambda page: pages[page]["ratio"])
    most = max(pages, key=lambda page: pages[page]["queries"])
    result = {
        "ratio": pages[worst]["ratio"],
        "worst": worst,
        "max_queries": pages[most]["queries"],
        "asks_most": most,
        "transfers": [transfers, filled[0]],
        "fill_s": round(fill_s, 1),
        "cost": "CPU of a page's best visit, Django's and PostgreSQL's together, in ms",
        "row_security": _by_policies(),
        "pages": pages,
    }
    sys.stdout.write(f"{json.dumps(result, ensure_ascii=False)}\n")
    sys.exit(result["ratio"] > MOST_RATIO or result["max_queries"] > MOST_QUERIES)


def fill_small_book() -> tuple[World, int]:
    """A district with a book of some 10,000 transfers; in three villages one of everything."""
    world = build_world()
    make_district()
    Offer.objects.update(quota=_NEVER_SOLD_OUT)
    while (count := query("SELECT count(*) FROM ledger_transfer")[0][0]) < _SMALL:
        add_paid_orders(500, now=NOW)
        post_all()
        receive_orders(now=NOW)
        post_all()
    add_around_orders()
    make_staff("town", role=Role.CADRE, region=make_region(TOWN))
    make_staff("auditor", role=Role.AUDITOR)
    query("VACUUM (ANALYZE)")
    return world, int(count)


def sit_down(username: str) -> Client:
    """At a browser, signed in; the session is a row of the book."""
    client = signed_in(User.objects.get(username=username))
    session = client.session
    session[SECOND_FACTOR_AT] = session[SEEN_AT] = time.time()
    session.save()
    return client


def copy_database() -> str:
    """The same book once more, which stays as it is."""
    large, small = str(connection.settings_dict["NAME"]), "desk_small"
    connect("postgres")
    query(f"CREATE DATABASE {small} TEMPLATE {large}")
    connect(large)
    return small


def connect(name: str) -> None:
    """To the book of this name."""
    connection.close()
    connection.settings_dict["NAME"] = name
    connection.ensure_connection()
    query("SET max_parallel_workers_per_gather = 0")  # whose time would not be seen


def _compared(client: Client, page: str, books: list[str], rounds: int) -> dict[str, Any]:
    """The page in both books in turn, until it costs about the same in both."""
    large, small = books
    best = dict.fromkeys(books, math.inf)
    connect(small)
    with as_many_rows(client, page):
        for _ in range(rounds):
            for name in books:
                connect(name)
                cache.clear()
                best[name] = min(best[name], best_ms(client, page))
            if best[large] / best[small] < _NO_DOUBT:
                break
    connect(large)
    cache.clear()
    found = {
        "ratio": round(best[large] / best[small], 2),
        "small_ms": best[small],
        "large_ms": best[large],
        "queries": queries_of(client, page),
    }
    sys.stderr.write(f"{page} {found}\n")
    return found


def _by_policies() -> dict[str, dict[str, float]]:
    """Lists of the large book: scoped by a condition, by policies, and not at all; in ms."""
    cadre, auditor = sit_down("town"), sit_down("auditor")
    lists = ("orders_order", "households_household", "aid_householdtotal")
    pages = [reverse(f"admin:{name}_changelist") for name in lists]
    figures: dict[str, dict[str, float]] = {
        page: {"condition": best_ms(cadre, page, 9), "nothing": best_ms(auditor, page, 9)}
        for page in pages
    }
    with kept_by_policies(TOWN[:9]) as take_role:
        take_role()
        for page in pages:
            figures[page]["policies"] = best_ms(auditor, page, 9)
    return figures
