"""Five workers, each its own process, post the same sales: the book is the one that one makes."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection, transaction

from lukou_market.aid.audit_books import audit_books
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.orders.models import OrderEvent
from lukou_market.orders.record_refund import record_refund
from tests.aid.every_mechanism import balances, offers_of_every_mechanism, totals
from tests.aid.sales import receive
from tests.app_role import application_environment
from tests.concurrency.post_until_done import START
from tests.factories import NOW, make_user, place_paid

WORKERS, ORDERS = 5, 120
_WAITING = (
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted"
)


@pytest.mark.django_db(transaction=True)
def test_five_workers_at_once_make_the_book_that_one_makes() -> None:
    _sell()
    posted = _posted_by_workers()
    assert min(posted) > 0  # all five were at it
    assert sum(posted) == OrderEvent.objects.filter(kind__in=["paid", "received", "refund"]).count()
    by_five = balances(), totals()
    assert audit_books(with_stripe=False).oversold_units == 0

    _forget_what_was_posted()
    assert balances() == {}
    while post_due_orders(now=NOW):
        pass
    assert (balances(), totals()) == by_five


def _sell() -> None:
    """Sales under every kind of rule: a third refunded in part before, a quarter after receipt."""
    offers = offers_of_every_mechanism()
    for number in range(ORDERS):
        order = place_paid(make_user(), offers[number % len(offers)], 1 + number % 3)
        if number % 3 == 0 and order.total_fen > 1:
            record_refund(order=order, amount_fen=1 + order.total_fen // 3, now=NOW)
        if number % 5:
            order.refresh_from_db()
            if order.status == "paid":
                receive(order)
        if number % 4 == 1 and order.total_fen > 1:
            record_refund(order=order, amount_fen=1, now=NOW)


def _posted_by_workers() -> list[int]:
    command = [sys.executable, "-m", "tests.concurrency.post_until_done"]
    with _held(START):
        workers = [
            subprocess.Popen(
                command, env=application_environment(), cwd=settings.BASE_DIR,
                stdout=subprocess.PIPE, text=True,
            )
            for _ in range(WORKERS)
        ]  # fmt: skip
        try:
            _wait_until_all_wait()
        except TimeoutError:
            for worker in workers:
                worker.kill()
            raise
    answers = [worker.communicate(timeout=180)[0] for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * WORKERS
    return [int(answer.splitlines()[-1]) for answer in answers]


@contextmanager
def _held(lock: int) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [lock])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [lock])


def _wait_until_all_wait() -> None:
    deadline = time.monotonic() + 180
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute(_WAITING, [START])
            if cursor.fetchall() == [(WORKERS,)]:
                return
            time.sleep(0.05)
    raise TimeoutError("not all workers came up")


def _forget_what_was_posted() -> None:
    """As a superuser could: empty book, totals and draws; all events are due again."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "TRUNCATE ledger_transfer, ledger_journal, aid_householdtotal, aid_producertotal,"
            " aid_salesday, aid_lotdraw, aid_lotwait"
        )
        cursor.execute("UPDATE catalog_lotsupply SET drawn_g = 0")
        cursor.execute(
            "UPDATE orders_orderevent SET posted = false"
            " WHERE kind IN ('paid', 'received', 'refund')"
        )
