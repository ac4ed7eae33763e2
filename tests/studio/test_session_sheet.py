"""The sheet of a small session whose figures are known, and its workbook."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from lukou_market.orders.cancel_order import cancel_order
from lukou_market.orders.count_taps import count_taps
from lukou_market.orders.record_refund import record_refund
from lukou_market.streams.models import LiveSession, Offer, SessionMinute
from lukou_market.streams.viewers import count_viewer
from lukou_market.studio.export_session_sheet import export_session_sheet
from lukou_market.studio.session_sheet import Funnel, SessionSheet, session_sheet
from lukou_market.studio.sheet_basis import AUDIENCE, FUNNEL, MONEY
from tests.factories import NOW, make_offer, make_session, make_sku, make_user, place, place_paid

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_redis")]

MINUTE = timedelta(minutes=1)
LATER = NOW + MINUTE + timedelta(seconds=20)


@pytest.fixture
def session() -> LiveSession:
    """Two offers, four orders by three buyers, of which three are paid and one is cancelled."""
    session = make_session()
    melons, flash = _offers(session)
    first, second, third = (make_user() for _ in range(3))
    count_taps({(melons.pk, NOW): 5, (flash.pk, NOW): 1, (flash.pk, LATER): 3})
    place_paid(first, melons, 2, now=NOW)
    refunded = place_paid(second, melons, 1, now=LATER)
    record_refund(order=refunded, amount_fen=1_005, now=LATER)
    given_up = place(third, melons, 3, now=NOW)
    cancel_order(buyer_id=third.pk, number=given_up.number, now=LATER)
    place_paid(first, flash, 1, now=LATER)
    place_paid(first, make_offer(), now=NOW)  # in another session
    for minute, watching, watched_s, arrived in [(NOW, 7, 300, 6), (NOW + MINUTE, 9, 500, 4)]:
        SessionMinute.objects.create(
            session=session, minute=minute, watching=watching, watched_s=watched_s, arrived=arrived
        )
    LiveSession.objects.filter(pk=session.pk).update(viewers=10)
    session.refresh_from_db()
    return session


def _offers(session: LiveSession) -> tuple[Offer, Offer]:
    melons = make_offer(session, sku=make_sku(weight_g=2_500), price_fen=3_990)
    flash = make_offer(session, sku=make_sku(weight_g=500), price_fen=990, position=1)
    return melons, flash


def sheet_of(session: LiveSession) -> SessionSheet:
    return session_sheet(session, now=LATER)


def test_the_totals_are_those_of_the_session(session: LiveSession) -> None:
    sheet = sheet_of(session)
    assert sheet.total == Funnel(
        taps=9, orders=4, paid=3, units=4, weight_g=8_000, amount_fen=3 * 3_990 + 990
    )
    assert (sheet.viewers, sheet.peak, sheet.watched_s, sheet.watched_each_s) == (10, 9, 800, 80)
    assert (sheet.buyers, sheet.refunded_fen, sheet.net_fen) == (2, 1_005, 12_960 - 1_005)


def test_offers_and_minutes_add_up_to_the_totals(session: LiveSession) -> None:
    sheet = sheet_of(session)
    assert [funnel for _, funnel in sheet.offers] == [
        Funnel(taps=5, orders=3, paid=2, units=3, weight_g=7_500, amount_fen=11_970),
        Funnel(taps=4, orders=1, paid=1, units=1, weight_g=500, amount_fen=990),
    ]
    assert [(row.minute, row.watching, row.arrived, row.funnel) for row in sheet.minutes] == [
        (NOW, 7, 6, Funnel(taps=6, orders=2, paid=1, units=2, weight_g=5_000, amount_fen=7_980)),
        (
            NOW + MINUTE,
            9,
            4,
            Funnel(taps=3, orders=2, paid=2, units=2, weight_g=3_000, amount_fen=4_980),
        ),
    ]


def test_a_minute_in_which_somebody_pays_after_the_stream_has_its_row(
    session: LiveSession,
) -> None:
    place_paid(make_user(), Offer.objects.filter(session=session)[0], now=NOW + 9 * MINUTE)
    last = sheet_of(session).minutes[-1]
    assert (last.minute, last.watching, last.funnel.paid) == (NOW + 9 * MINUTE, 0, 1)


def test_a_session_without_anything_has_an_empty_sheet() -> None:
    sheet = sheet_of(make_session("scheduled"))
    assert (sheet.total, sheet.peak, sheet.watched_each_s, sheet.minutes) == (Funnel(), 0, 0, [])


def test_while_it_runs_viewers_are_those_counted_by_now(session: LiveSession) -> None:
    for visitor in range(40):
        count_viewer(session.pk, str(visitor), LATER)
    assert 38 <= sheet_of(session).viewers <= 42


def test_whatever_was_sold_the_sheet_takes_as_many_queries(
    session: LiveSession, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(6):
        sheet_of(session)
    offer = make_offer(session)
    for step in range(5):
        place_paid(make_user(), offer, now=NOW + step * MINUTE)
    with django_assert_num_queries(6):
        sheet_of(session)


def test_the_workbook_has_the_sheets_figures_as_numbers(session: LiveSession) -> None:
    summary, offers, minutes = load_workbook(
        BytesIO(export_session_sheet(sheet_of(session)))
    ).worksheets
    figures = [row[1].value for row in summary.iter_rows(min_row=6)]
    assert figures == [
        10, 9, pytest.approx(800 / 3600), 80, 9, 4, 3, 4, 8, 16, 129.6, 2, 10.05, 119.55,
    ]  # fmt: skip
    assert [cell.value for cell in offers[7]][2:] == [39.9, 5, 3, 2, 3, 7.5, 15, 119.7]
    assert [cell.value for cell in minutes[8]][1:] == [9, 500, 4, 3, 2, 2, 2, 3, 6, 49.8]
    assert minutes["A7"].value == f"{_local(NOW):%Y-%m-%d %H:%M}"


def test_the_workbook_says_what_it_counts_and_a_title_is_no_formula(session: LiveSession) -> None:
    session.title = "=1+1"
    for page in load_workbook(BytesIO(export_session_sheet(sheet_of(session)))).worksheets:
        assert (page["A1"].value, page["A1"].data_type) == ("=1+1", "s")
        basis = [page.cell(row, 1).value for row in (3, 4, 5)]
        assert basis == [str(line) for line in (AUDIENCE, FUNNEL, MONEY)]


def _local(moment: datetime) -> datetime:
    return moment + timedelta(hours=8)
