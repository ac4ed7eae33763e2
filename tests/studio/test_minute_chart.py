from datetime import timedelta

import pytest

from lukou_market.streams.models import LiveSession, SessionMinute
from lukou_market.studio.minute_chart import HEIGHT, WIDTH, minute_chart
from tests.factories import NOW, make_offer, make_session, make_user, place

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def session() -> LiveSession:
    """A live session that began at NOW and sold, and was watched, in its first minutes."""
    session = make_session()
    offer = make_offer(session)
    for minute, orders in ((0, 1), (2, 3)):
        for _ in range(orders):
            place(make_user(), offer, now=NOW + minute * MINUTE + timedelta(seconds=59))
    for minute, watching in ((0, 40), (1, 25), (2, 80)):
        SessionMinute.objects.create(
            session=session, minute=NOW + minute * MINUTE, watching=watching
        )
    return session


def test_each_minute_has_its_orders_and_the_most_who_watched(session: LiveSession) -> None:
    chart = minute_chart(session, now=NOW + 3 * MINUTE)
    assert chart
    rows = [(step.starts - NOW, step.orders, step.watching) for step in chart.steps]
    assert rows == [(0 * MINUTE, 1, 40), (MINUTE, 0, 25), (2 * MINUTE, 3, 80), (3 * MINUTE, 0, 0)]
    assert (chart.minutes, chart.most_orders, chart.most_watching) == (1, 3, 80)


def test_bars_and_line_reach_the_top_at_their_most(session: LiveSession) -> None:
    chart = minute_chart(session, now=NOW + 2 * MINUTE)
    assert chart
    assert [step.bar_height for step in chart.steps] == [HEIGHT // 3, 0, HEIGHT]
    assert [point.split(",")[1] for point in chart.line.split()] == ["60", "83", "0"]


def test_a_long_session_has_longer_steps_and_fits(session: LiveSession) -> None:
    chart = minute_chart(session, now=NOW + 12 * 60 * MINUTE)
    assert chart
    assert (chart.minutes, len(chart.steps)) == (13, 56)
    assert (chart.steps[0].orders, chart.steps[0].watching) == (4, 80)
    assert chart.steps[-1].x + chart.bar_width <= WIDTH


def test_orders_given_up_do_not_count(session: LiveSession) -> None:
    for order in session.orders.all():
        order.status, order.status_at = "cancelled", NOW
        order.save()
    chart = minute_chart(session, now=NOW + 2 * MINUTE)
    assert chart and chart.most_orders == 0


def test_a_session_that_has_not_begun_has_no_chart() -> None:
    assert minute_chart(make_session("scheduled"), now=NOW) is None


def test_an_ended_session_is_drawn_to_its_end(session: LiveSession) -> None:
    session.status, session.ended_at = "ended", NOW + 2 * MINUTE
    session.save()
    chart = minute_chart(session, now=NOW + 90 * MINUTE)
    assert chart and len(chart.steps) == 3
