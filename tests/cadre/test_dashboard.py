"""The first page: its figures are the reports', its charts are their tables, each in its region."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse

from lukou_market.accounts.models import User
from lukou_market.aid.models import HouseholdTotal, ProducerTotal, SalesDay
from lukou_market.cadre import dashboard, draw_places, draw_weeks
from lukou_market.cadre.month_figures import month_figures
from lukou_market.cadre.progress import Place, progress
from lukou_market.cadre.sales_trend import Week, top_products, top_streams, weekly_sales
from lukou_market.cadre.treemap import Rect, squarify
from lukou_market.kernel.money import percent, yuan
from lukou_market.regions.models import Region
from lukou_market.reports.aid_sales import aid_sales
from lukou_market.reports.catalogue import REPORTS
from lukou_market.reports.kinds import Kind
from lukou_market.reports.question import Question
from lukou_market.reports.set_target import approve_target, propose_target
from tests.factories import (
    NOW,
    make_household,
    make_offer,
    make_producer,
    make_region,
    make_session,
    make_sku,
    make_staff,
)

Cadre = Callable[[str], Client]
START = reverse("admin:index")
DISTRICT, TOWN, OTHER_TOWN = "430212000000", "430212101000", "430212102000"
VILLAGE, SIBLING, ELSEWHERE = "430212101001", "430212101002", "430212102001"
MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)
IN_JUNE = {"month": "2026-06"}


@pytest.fixture(autouse=True)
def sold(db: None) -> None:
    """Three villages sell in May and, ten times as much, in June; households get their part."""
    for step, code in enumerate((VILLAGE, SIBLING, ELSEWHERE), start=1):
        village = make_region(code, f"村{step}")
        producer, household = make_producer("", village), make_household(f"H{code}", village)
        offer = make_offer(make_session(), sku=make_sku(producer))
        for month, base in ((MAY, step * 100_000), (JUNE, step * 1_000_000)):
            ProducerTotal.objects.create(
                producer=producer, month=month, channel="livestream", gross_fen=base * 10,
                refunded_fen=base, received_fen=base, pending_fen=base * 3,
            )  # fmt: skip
            SalesDay.objects.create(
                producer=producer, offer=offer, channel="livestream", month=month,
                day=month.replace(day=10), gross_fen=base * 10, refunded_fen=base,
            )  # fmt: skip
            HouseholdTotal.objects.create(
                household=household, month=month, channel="livestream", income_kind="wage",
                credited_fen=base * 2, reversed_fen=base, pending_fen=base,
            )  # fmt: skip


def region(code: str) -> Region:
    return Region.objects.get(code=code)


def set_target(code: str, year: int, fen: int) -> None:
    one, other = (
        User.objects.filter(username=name).first() or make_staff(name) for name in ("one", "other")
    )
    target = propose_target(region=region(code), year=year, target_fen=fen, by=one, now=NOW)
    approve_target(target_id=target.pk, by=other, now=NOW)


@pytest.mark.parametrize("code", [DISTRICT, TOWN, VILLAGE])
def test_the_months_figures_are_the_reports(code: str) -> None:
    figures = month_figures(region(code), JUNE)
    june, may = (aid_sales(Question(region(code), m, m), now=NOW) for m in (JUNE, MAY))
    assert (figures.gross.now, figures.gross.before) == (june.sales.gross_fen, may.sales.gross_fen)
    assert (figures.net.now, figures.net.before) == (june.sales.net_fen, may.sales.net_fen)
    assert figures.credited.now == june.credits.credited_fen
    assert figures.credited.before == may.credits.credited_fen
    assert figures.pending.now == june.credits.pending_fen
    assert figures.pending.change * 11 == june.credits.pending_fen * 10  # what June added
    assert figures.paid_out.now == june.credits.paid_fen == 0
    villages = {DISTRICT: 3, TOWN: 2, VILLAGE: 1}[code]
    assert (figures.reached.now, figures.reached.change, figures.registered) == (
        villages, 0, villages,
    )  # fmt: skip


def test_a_household_is_reached_once_and_only_when_something_is_left_to_it() -> None:
    household = HouseholdTotal.objects.filter(household__village_id=VILLAGE).first()
    assert household is not None
    common = {"month": JUNE, "channel": "offline", "pending_fen": 0}
    HouseholdTotal.objects.create(
        household=household.household, income_kind="wage", credited_fen=1, **common
    )
    given_back = make_household("H-back", region(VILLAGE))
    HouseholdTotal.objects.create(
        household=given_back, income_kind="wage", credited_fen=5, reversed_fen=5, **common
    )
    figures = month_figures(region(VILLAGE), JUNE)
    assert (figures.reached.now, figures.registered) == (1, 2)


def test_the_first_page_and_the_target_report_round_alike() -> None:
    set_target(TOWN, 2026, 44_550_000)  # two thirds of it are done
    [place] = [one for one in progress(region(DISTRICT), JUNE).places if one.region.code == TOWN]
    sheet = REPORTS[Kind.TARGET].ask(Question(region(DISTRICT), JUNE, JUNE))
    [row] = [one for one in sheet.rows if one.about == place.region]
    assert place.completion_bp == row.cells[3] == 6_667


def test_progress_is_the_years_net_sales_beside_the_approved_targets() -> None:
    set_target(TOWN, 2026, 59_400_000)  # half of it is done
    set_target(OTHER_TOWN, 2026, 29_700_000)  # all of it
    set_target(TOWN, 2025, 1)
    found = progress(region(DISTRICT), JUNE)
    assert [(p.region.code, p.completion_bp, p.rank, p.shade) for p in found.places] == [
        (OTHER_TOWN, 10_000, 1, 5), (TOWN, 5_000, 2, 3),
    ]  # fmt: skip
    year = aid_sales(Question(region(DISTRICT), MAY, JUNE), now=NOW)
    assert found.net_fen == year.sales.net_fen == sum(p.net_fen for p in found.places)
    assert found.target_fen == 89_100_000
    set_target(DISTRICT, 2026, 118_800_000)
    assert progress(region(DISTRICT), JUNE).completion_bp == 5_000
    assert progress(region(DISTRICT), MAY).net_fen == found.net_fen // 11
    assert progress(region(VILLAGE), JUNE).places == []
    assert progress(region(VILLAGE), JUNE).net_fen == 9_900_000


def test_weeks_begin_on_monday_and_quiet_ones_stand_among_them() -> None:
    weeks = weekly_sales(region(TOWN), last_day=date(2026, 6, 30))
    assert (len(weeks), weeks[-1].monday) == (26, date(2026, 6, 29))
    assert all(b.monday - a.monday == timedelta(weeks=1) for a, b in pairwise(weeks))
    assert {w.monday: w for w in weeks if w.gross_fen} == {
        date(2026, 5, 4): Week(date(2026, 5, 4), 3_000_000, 300_000),
        date(2026, 6, 8): Week(date(2026, 6, 8), 30_000_000, 3_000_000),
    }
    assert not any(w.gross_fen for w in weekly_sales(region(TOWN), last_day=date(2026, 5, 9)))


def test_best_sellers_are_the_months_and_the_regions() -> None:
    products = top_products(region(TOWN), JUNE)
    assert [row.gross_fen for row in products] == [20_000_000, 10_000_000]
    assert [row.net_fen for row in top_streams(region(TOWN), MAY)] == [1_800_000, 900_000]
    assert {row.village_code for row in products} == {VILLAGE, SIBLING}


def numbers(page: str, pattern: str) -> list[str]:
    return re.findall(pattern, page)


def test_each_chart_says_what_its_table_says(cadre: Cadre) -> None:
    set_target(TOWN, 2026, 59_400_000)
    client = cadre(DISTRICT)
    page = client.get(START, IN_JUNE).content.decode()
    found = progress(region(DISTRICT), JUNE)
    for place in found.places:
        drawn = rf"<title>{place.region.name} ¥{yuan(place.net_fen)}"
        assert len(numbers(page, drawn)) == 2  # for wide and for narrow screens
        assert f'">{yuan(place.net_fen)}</td>' in page
    for week in weekly_sales(region(DISTRICT), last_day=date(2026, 6, 30)):
        drawn = f"<title>{week.monday} ¥{yuan(week.gross_fen)} −¥{yuan(week.refunded_fen)}</title>"
        assert page.count(drawn) == 2
        assert f'<tr><th scope="row">{week.monday}</th>' in page
    assert f"{percent(5000)}%" in page
    for value in (yuan(60_000_000), yuan(54_000_000), "3 / 3"):
        assert f">{value}</a>" in page


def test_tiles_have_the_area_of_their_sales_and_fill_the_drawing() -> None:
    values = [500, 300, 100, 60, 30, 9, 1]
    tiles = squarify(values, Rect(0, 0, 600, 400))
    for value, tile in zip(values, tiles, strict=True):
        assert tile.width * tile.height == pytest.approx(600 * 400 * value / 1000)
    assert max(t.x + t.width for t in tiles) == pytest.approx(600)
    assert max(t.y + t.height for t in tiles) == pytest.approx(400)
    assert squarify([], Rect(0, 0, 1, 1)) == []


def test_text_stays_on_its_tile_and_places_too_small_for_their_names_share_one() -> None:
    regions = [
        Region(code=f"43021210{n}000", name=f"很长的镇名{n}", level="town") for n in range(9)
    ]
    places = [Place(one, 4**n + 1) for n, one in enumerate(regions)]
    for canvas in (draw_places.WIDE, draw_places.NARROW):
        tiles = draw_places.draw_places(places, canvas, "其他 %d 处")
        assert sum(len(tile.places) for tile in tiles) == 9
        assert sum(len(tile.places) > 1 for tile in tiles) == 1
        assert sum(tile.net_fen for tile in tiles) == sum(place.net_fen for place in places)
        for tile in tiles:
            assert tile.lines or len(tile.places) > 1
            for x, y, words in tile.text:
                assert float(x) + len(words) * tile.type_size * 0.55 < tile.rect.x + tile.rect.width
                assert float(y) < tile.rect.y + tile.rect.height


def test_bars_are_as_high_as_their_weeks_and_stay_in_the_drawing() -> None:
    weeks = [Week(MAY, 100, 0), Week(MAY, 400, 300), Week(MAY, 0, 0)]
    chart = draw_weeks.draw_weeks(weeks, draw_weeks.WIDE, label_every=2)
    assert chart is not None
    heights = [float(bar.sold["height"]) for bar in chart.bars]
    assert heights[1] == pytest.approx(heights[0] * 4, abs=0.2)
    lowest = float(chart.bars[1].returned["y"]) + float(chart.bars[1].returned["height"])
    assert lowest < draw_weeks.WIDE.height
    assert [bool(bar.label) for bar in chart.bars] == [True, False, True]
    assert draw_weeks.draw_weeks([Week(MAY)], draw_weeks.WIDE, label_every=2) is None


@pytest.mark.parametrize(
    ("home", "inside", "outside"),
    [
        (DISTRICT, [DISTRICT, TOWN, VILLAGE, OTHER_TOWN], ["430211000000", "999999000000"]),
        (TOWN, [TOWN, VILLAGE, SIBLING], [DISTRICT, OTHER_TOWN, ELSEWHERE]),
        (VILLAGE, [VILLAGE], [SIBLING, TOWN, DISTRICT]),
    ],
)
def test_a_cadre_opens_their_subtree_only(
    cadre: Cadre, home: str, inside: list[str], outside: list[str]
) -> None:
    make_region("430211101001")
    client = cadre(home)
    assert client.get(START).context["region"].code == home
    for code in inside:
        page = client.get(START, {"region": code, **IN_JUNE})
        assert (page.status_code, page.context["region"].code) == (200, code)
        assert all(
            row.region.code.startswith(code.rstrip("0")) for row, _ in page.context["place_rows"]
        )
    for code in outside:
        assert client.get(START, {"region": code}).status_code == 404


def test_nothing_of_other_villages_is_on_a_villages_page(cadre: Cadre) -> None:
    page = cadre(VILLAGE).get(START, IN_JUNE).content.decode()
    for other in (SIBLING, ELSEWHERE):
        for total in ProducerTotal.objects.filter(producer__village_id=other):
            assert yuan(total.gross_fen) not in page
        assert region(other).name not in page
        assert ProducerTotal.objects.filter(producer__village_id=other)[0].producer.name not in page


def test_auditors_and_superusers_see_the_district(auditor: Client, superuser: Client) -> None:
    for client in (auditor, superuser):
        page = client.get(START, IN_JUNE)
        assert page.context["region"].code == DISTRICT
        assert f">{yuan(60_000_000)}</a>" in page.content.decode()
    assert auditor.get(START).context["waiting"] == []


def test_a_month_that_can_not_be_read_is_refused(cadre: Cadre) -> None:
    client = cadre(TOWN)
    for wrong in ("2026-13", "june", "2026-6", "99999-01"):
        assert client.get(START, {"month": wrong}).status_code == 400


def test_without_sales_the_page_says_so_and_draws_nothing(cadre: Cadre) -> None:
    page = cadre(TOWN).get(START, {"month": "2025-01"}).content.decode()
    assert '<svg class="dash-map' not in page
    assert '<svg class="dash-weeks' not in page
    assert page.count("aid-empty") == 4
    assert "dash-nothing" in page


def test_where_no_district_is_registered_the_page_says_what_to_do(
    superuser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dashboard, "home_regions", lambda desk: [])
    page = superuser.get(START)
    assert reverse("admin:regions_region_changelist") in page.content.decode()
    assert page.context["region"] is None


def test_the_number_of_queries_does_not_grow_with_the_places(
    cadre: Cadre, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    client = cadre(DISTRICT)
    client.get(START)
    for number in range(1, 30):
        make_region(f"4302121{number + 10}001")
    with django_assert_max_num_queries(30):  # type: ignore[attr-defined]
        client.get(START, IN_JUNE)


def test_the_current_month_ends_its_weeks_today(cadre: Cadre) -> None:
    page = cadre(TOWN).get(START)
    today = datetime.now(tz=UTC) + timedelta(hours=8)
    assert page.context["weeks"][-1].monday <= today.date()
    assert today.date() - page.context["weeks"][-1].monday < timedelta(days=7)
