"""A closed month takes no journals: what comes late is booked in the month it is posted in."""

from datetime import UTC, date, datetime
from threading import Thread

import pytest
from django.db import connection, transaction

from lukou_market.ledger.close_month import MonthNotNext, close_month
from lukou_market.ledger.entries import Entry, Place, Source
from lukou_market.ledger.models import ClosedMonth, Journal
from lukou_market.ledger.post_transfers import post_transfers

JUNE, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)
IN_JULY = datetime(2026, 6, 30, 16, 0, tzinfo=UTC)
"""The first moment of July in China, still June in London."""


def post(month: date, number: int = 1, now: datetime = IN_JULY) -> Journal:
    entry = Entry(Place("a"), Place("b"), 1, "moved", Source("test", number, ""), now)
    journal = post_transfers(month=month, label="test", entries=[entry], now=now)
    journal.refresh_from_db()
    return journal


@pytest.mark.django_db
def test_what_comes_late_is_booked_in_the_month_it_is_posted_in() -> None:
    post(JUNE, 1)
    close_month(month=JUNE)
    late = post(JUNE, 2)
    assert (late.month, late.late_for) == (JULY, JUNE)
    assert late.transfers.get().effective_at == IN_JULY


@pytest.mark.django_db
def test_what_comes_late_is_never_booked_in_a_month_that_is_closed_too() -> None:
    post(JUNE, 1)
    close_month(month=JUNE)
    close_month(month=JULY)
    late = post(JUNE, 2)
    assert (late.month, late.late_for) == (AUGUST, JUNE)


@pytest.mark.django_db
def test_what_is_in_time_stays_in_its_month() -> None:
    post(JUNE, 1)
    close_month(month=JUNE)
    assert (post(JULY, 2).late_for, post(AUGUST, 3).month) == (None, AUGUST)


@pytest.mark.django_db
def test_months_are_closed_in_order_and_once() -> None:
    post(JUNE)
    post(AUGUST, 2)
    for wrong in (JULY, AUGUST):
        with pytest.raises(MonthNotNext):
            close_month(month=wrong)
    close_month(month=JUNE)
    for wrong in (JUNE, AUGUST, date(2026, 5, 1)):
        with pytest.raises(MonthNotNext):
            close_month(month=wrong)
    assert list(ClosedMonth.objects.values_list("month", flat=True)) == [JUNE]


@pytest.mark.django_db(transaction=True)
def test_who_closes_a_month_waits_for_the_journal_under_way() -> None:
    seen: list[int] = []

    def close() -> None:
        close_month(month=JUNE)
        seen.append(Journal.objects.filter(month=JUNE).count())
        connection.close()

    closing = Thread(target=close)
    with transaction.atomic():
        post(JUNE)
        closing.start()
        closing.join(0.5)
        assert closing.is_alive()
    closing.join(10)
    assert seen == [1]
