"""Each report against what the orders and registers themselves add up to."""

from datetime import date

import pytest

from lukou_market.aid.load_orders import load_orders
from lukou_market.aid.models import HouseholdTotal
from lukou_market.aid.movements import movements
from lukou_market.households.models import AidProject, Household
from lukou_market.orders.models import Order, OrderLine
from lukou_market.reports.channel_report import channel_report
from lukou_market.reports.coverage_report import coverage_report
from lukou_market.reports.household_report import household_report
from lukou_market.reports.line_report import line_report
from lukou_market.reports.set_target import approve_target, propose_target
from lukou_market.reports.stream_report import stream_report
from lukou_market.reports.target_report import target_report
from lukou_market.streams.models import LiveSession
from tests.factories import NOW, make_household, make_member, make_region, make_staff
from tests.reports.books import AUGUST, JULY, JUNE, VILLAGE, ask, by_events, sold_book

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("first", "last"), [(JUNE, JUNE), (JULY, JULY), (JUNE, AUGUST)])
def test_channels_equal_what_happened_to_the_orders(seed: int, first: date, last: date) -> None:
    sold_book(seed)
    question = ask(first=first, last=last)
    sheet, events = channel_report(question), by_events(question)
    [livestream] = [row for row in sheet.rows if row.about.channel == "livestream"]
    paid, refunded = events["paid"], events["refunded"]
    assert list(livestream.cells[2:6]) == [paid, refunded, paid - refunded, events["received"]]
    before = by_events(question.previous)
    assert livestream.cells[7] == before["paid"] - before["refunded"]
    assert sheet.totals[2:] == list(livestream.cells[2:])


def test_certified_is_what_was_certified_on_the_day_it_was_paid() -> None:
    orders = sold_book(1, orders=40)
    certified = 0
    for order in Order.objects.filter(pk__in=[order.pk for order in orders]):
        line = order.lines.get()
        during = line.sku.product.certified_during
        if during and order.paid_at and order.paid_at.date() >= during.lower:
            certified += order.total_fen
    refunds = channel_report(ask()).totals[3]
    [livestream] = [row for row in channel_report(ask()).rows if row.about.channel == "livestream"]
    shown, net = livestream.cells[6], livestream.cells[4]
    assert isinstance(shown, int) and isinstance(net, int) and isinstance(refunds, int)
    assert 0 < certified - refunds <= shown <= certified
    assert shown < net


def test_other_places_sold_nothing() -> None:
    sold_book(2)
    make_region("430212102001")
    assert not any(channel_report(ask("430212102001")).totals[2:])
    assert channel_report(ask("430212101000")).totals == channel_report(ask()).totals


@pytest.mark.parametrize("seed", range(2))
def test_streams_equal_their_paid_orders(seed: int) -> None:
    sold_book(seed)
    LiveSession.objects.update(status="ended", started_at=NOW, ended_at=NOW)
    sheet = stream_report(ask())
    rows = list(sheet.rows)
    assert len(rows) == LiveSession.objects.count() == 3
    for row in rows:
        lines = OrderLine.objects.filter(order__session=row.about).select_related("order")
        paid = [line for line in lines if line.order.paid_at]
        assert list(row.cells[7:10]) == [
            len(paid),
            sum(line.weight_g for line in paid),
            sum(line.total_fen for line in paid),
        ]
        assert row.cells[10] == sum(line.order.refunded_fen for line in paid)


def test_a_stream_of_another_month_or_page_is_not_listed() -> None:
    sold_book(0)
    LiveSession.objects.update(status="ended", started_at=NOW, ended_at=NOW)
    assert not list(stream_report(ask(first=JULY)).rows)
    assert not list(stream_report(ask(), page=2).rows)


@pytest.mark.parametrize("seed", range(2))
def test_households_have_what_their_shares_add_up_to(seed: int) -> None:
    sold = sold_book(seed)
    credited: dict[int, int] = dict.fromkeys(Household.objects.values_list("pk", flat=True), 0)
    streams: dict[int, set[int | None]] = {key: set() for key in credited}
    of_session = dict(Order.objects.values_list("pk", "session_id"))
    for order in load_orders([order.pk for order in sold]):
        for movement in movements(order):
            if movement.party.kind == "household":
                credited[movement.party.owner] += movement.change.kept_fen
                streams[movement.party.owner].add(of_session[order.id])
    sheet = household_report(ask())
    shown = {row.about.pk: row.cells for row in sheet.rows}
    assert {key: cells[10] for key, cells in shown.items()} == credited
    for key, cells in shown.items():
        assert isinstance(cells[4], int) and cells[4] >= len(streams[key])
    assert sheet.totals[10] == sum(credited.values())
    assert sheet.totals[4] is None, "household-times are never added up to households"


def test_a_page_of_households_has_the_totals_of_all() -> None:
    sold_book(3)
    whole, second = household_report(ask()), household_report(ask(), page=2)
    assert list(second.rows) == [] and second.totals == whole.totals
    assert HouseholdTotal.objects.exists() and "李大山" not in str(
        list(household_report(ask()).rows)
    )


def test_targets_are_ranked_by_completion() -> None:
    sold_book(1)
    district = make_region("430212000000")
    make_region("430212102001")
    one, two = make_staff("one"), make_staff("two")
    for code, fen in (("430212000000", 1_000_000), ("430212101000", 10_000)):
        target = propose_target(
            region=make_region(code), year=2026, target_fen=fen, by=one, now=NOW
        )
        approve_target(target_id=target.pk, by=two, now=NOW)
    propose_target(region=make_region("430212102000"), year=2026, target_fen=1, by=one, now=NOW)
    events = by_events(ask())
    done = events["paid"] - events["refunded"]
    sheet = target_report(ask(district.code))
    ranked = [list(row.cells[1:5]) for row in sheet.rows]
    assert ranked == [
        [10_000, done, (2 * done * 10_000 + 10_000) // 20_000, 1],
        [None, 0, None, None],
    ]
    assert sheet.totals[1:3] == [1_000_000, done]


def test_coverage_counts_households_and_people_once() -> None:
    village = make_region(VILLAGE)
    covered, able, unable, general = (make_household(f"H{n}", village) for n in range(4))
    make_member(covered, name="李小山", relation="child")
    Household.objects.filter(pk=unable.pk).update(able_and_willing=False)
    Household.objects.filter(pk=general.pk).update(category="general")
    for n in range(2):
        project = AidProject.objects.create(
            name=f"大棚{n}", level="village", region=village, tasks="大棚", funding_source="财政",
            funding_fen=1, starts_on=JUNE, ends_on=AUGUST, responsible="书记", mechanism="分红",
        )  # fmt: skip
        project.households.add(covered, general)
    sheet = coverage_report(ask("430212101000"))
    [row] = sheet.rows
    assert list(row.cells[1:]) == [3, 1, 3333, 4, 2, 5000, 2, 1, 5000]
    assert list(sheet.totals[1:]) == list(row.cells[1:])
    assert able.pk


def test_the_lines_of_a_period_are_its_paid_orders() -> None:
    sold_book(4)
    july = ask(first=JULY, last=JULY)
    rows = list(line_report(july).rows)
    assert sum(int(row.cells[9] or 0) for row in rows) == by_events(july)["paid"]
    assert rows and not list(line_report(ask(channel="offline")).rows)
