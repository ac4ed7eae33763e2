"""The aid-sales report adds up what the totals say, for the region of the person who asks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.db.models import F, Sum
from django.test import Client
from django.urls import reverse

from lukou_market.aid.models import HouseholdTotal, ProducerTotal
from lukou_market.regions.models import Region
from lukou_market.reports.aid_sales import aid_sales
from lukou_market.reports.figures import Sales
from lukou_market.reports.question import Question
from tests.factories import NOW, make_household, make_producer, make_region

Cadre = Callable[[str], Client]
VILLAGE, SIBLING, OTHER_TOWN = "430212101001", "430212101002", "430212102001"
JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)
PAGE = reverse("cadre:aid-sales")


@pytest.fixture(autouse=True)
def totals(db: None) -> None:
    """Two months, two channels, two kinds of income in each of three villages."""
    for step, code in enumerate((VILLAGE, SIBLING, OTHER_TOWN), start=1):
        village = make_region(code)
        producer, household = make_producer("", village), make_household(f"H{code}", village)
        for month in (JUNE, JULY):
            for channel, times in (("livestream", 1), ("trade_union", 1000)):
                base = step * times * (1 if month == JUNE else 10)
                ProducerTotal.objects.create(
                    producer=producer, month=month, channel=channel, gross_fen=base * 1001,
                    refunded_fen=base * 17, received_fen=base, pending_fen=base * 3,
                )  # fmt: skip
                for kind, more in (("wage", 1), ("property", 2)):
                    HouseholdTotal.objects.create(
                        household=household, month=month, channel=channel, income_kind=kind,
                        credited_fen=base * 101 * more, reversed_fen=base, pending_fen=base * 5,
                    )  # fmt: skip


def ask(code: str, first: date = JUNE, last: date = JULY, channel: str = "") -> Question:
    return Question(Region.objects.get(code=code), first, last, channel)


@pytest.mark.parametrize("code", ["430212000000", "430212101000", VILLAGE])
@pytest.mark.parametrize("channel", ["", "livestream"])
@pytest.mark.parametrize("last", [JUNE, JULY])
def test_the_figures_equal_the_totals(code: str, channel: str, last: date) -> None:
    report = aid_sales(ask(code, JUNE, last, channel), now=NOW)
    prefix = Region.objects.get(code=code).subtree_prefix
    sold = ProducerTotal.objects.filter(producer__village__code__startswith=prefix)
    reached = HouseholdTotal.objects.filter(household__village__code__startswith=prefix)
    if channel:
        sold, reached = sold.filter(channel=channel), reached.filter(channel=channel)
    pending = (sold.aggregate(n=Sum("pending_fen")), reached.aggregate(n=Sum("pending_fen")))
    sums = sold.filter(month__lte=last).aggregate(g=Sum("gross_fen"), r=Sum("refunded_fen"))
    credited = reached.filter(month__lte=last).aggregate(
        n=Sum(F("credited_fen") - F("reversed_fen"))
    )
    assert report.sales == Sales(sums["g"], sums["r"], pending[0]["n"])
    assert report.sales.net_fen == sums["g"] - sums["r"]
    assert report.credits.credited_fen == credited["n"]
    assert report.credits.pending_fen == pending[1]["n"]


def test_the_rows_are_the_children_and_sum_to_the_total() -> None:
    report = aid_sales(ask("430212000000"), now=NOW)
    assert [row.region.code for row in report.regions] == ["430212101000", "430212102000"]
    assert Sales.total(row.sales for row in report.regions) == report.sales
    below = [aid_sales(ask(row.region.code), now=NOW) for row in report.regions]
    assert [part.sales for part in below] == [row.sales for row in report.regions]
    assert [part.credits for part in below] == [row.credits for row in report.regions]


def test_a_village_lists_its_producers_and_its_households_by_kind_of_income() -> None:
    report = aid_sales(ask(VILLAGE, JUNE, JUNE, "livestream"), now=NOW)
    [producer], [household] = report.producers, report.households
    assert producer.sales == report.sales == Sales(1001, 17, 33)
    assert (household.household.number, household.head) == (f"H{VILLAGE}", "李**")
    assert household.credits.by_kind == {"wage": 100, "property": 201}


def test_a_household_nothing_reached_is_listed_with_nothing() -> None:
    make_household("H-none", Region.objects.get(code=VILLAGE))
    report = aid_sales(ask(VILLAGE), now=NOW)
    nothing = next(row for row in report.households if row.household.number == "H-none")
    assert (nothing.credits.credited_fen, nothing.credits.pending_fen) == (0, 0)


@pytest.mark.parametrize("code", ["430212000000", VILLAGE])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    code: str, django_assert_num_queries: Callable[[int], object]
) -> None:
    question = ask(code)
    for number in range(1, 13):
        make_household(f"H-more{number}", make_region(f"430212101{number:03d}"))
        make_household(f"H-here{number}", make_region(VILLAGE))
    with django_assert_num_queries(4 if code.endswith("000") else 6):  # type: ignore[attr-defined]
        aid_sales(question, now=NOW)


@pytest.mark.parametrize("page", ["cadre:aid-sales", "cadre:aid-sales-export"])
def test_another_region_is_not_found(cadre: Cadre, page: str) -> None:
    town, village = cadre("430212101000"), cadre(VILLAGE)
    for client, code, status in (
        (town, VILLAGE, 200), (town, OTHER_TOWN, 404), (town, "430212102000", 404),
        (town, "430212000000", 404), (town, "999999000000", 404), (village, VILLAGE, 200),
        (village, SIBLING, 404), (village, "430212101000", 404),
    ):  # fmt: skip
        assert client.get(reverse(page), {"region": code}).status_code == status, code


def test_without_a_region_a_cadre_sees_their_own_and_no_other(cadre: Cadre) -> None:
    page = cadre("430212101000").get(PAGE, {"from": "2026-06", "to": "2026-07"})
    assert page.context["question"].region.code == "430212101000"
    shown = page.content.decode()
    assert "102" not in "".join(row.region.code[6:9] for row in page.context["report"].regions)
    assert f"区划{VILLAGE}" in shown
    assert f"区划{OTHER_TOWN}" not in shown
    assert "区划430212000000" not in shown


@pytest.mark.parametrize(
    "wrong", [{"from": "2026-13"}, {"to": "June"}, {"channel": "dark"}, {"from": "2026-6"}]
)
def test_what_can_not_be_read_is_refused_not_guessed(cadre: Cadre, wrong: dict[str, str]) -> None:
    assert cadre(VILLAGE).get(PAGE, wrong).status_code == 400


def test_months_the_wrong_way_round_are_the_same_period(cadre: Cadre) -> None:
    page = cadre(VILLAGE).get(PAGE, {"from": "2026-07", "to": "2026-06"})
    asked = page.context["question"]
    assert (asked.first_month, asked.last_month) == (JUNE, JULY)


def test_drill_down_keeps_the_period_and_the_channel(cadre: Cadre) -> None:
    asked = {"from": "2026-06", "to": "2026-06", "channel": "livestream"}
    client = cadre("430212000000")
    page = client.get(PAGE, asked)
    _row, link = page.context["region_rows"][0]
    town = client.get(PAGE + link).context["question"]
    assert town == replace(page.context["question"], region=town.region)
    assert town.region.code == "430212101000"


def test_amounts_are_shown_in_yuan_with_their_basis(cadre: Cadre) -> None:
    page = cadre(VILLAGE).get(PAGE, {"from": "2026-06", "to": "2026-06", "channel": "trade_union"})
    shown = page.content.decode()
    for amount in ("10,010.00", "170.00", "9,840.00", "330.00", "3,010.00"):
        assert amount in shown, amount
    assert str(page.context["basis"]["sales"]) in shown


def test_an_empty_period_says_what_to_do(cadre: Cadre) -> None:
    ProducerTotal.objects.all().delete()
    HouseholdTotal.objects.all().delete()
    page = cadre(VILLAGE).get(PAGE, {"from": "2026-06", "to": "2026-06"})
    assert page.context["report"].is_empty
    assert "aid-empty" in page.content.decode()
    assert "<table" not in page.content.decode()


def test_long_villages_are_paged_and_the_total_covers_all(cadre: Cadre) -> None:
    for number in range(60):
        make_household(f"H-many{number:02d}", Region.objects.get(code=VILLAGE))
    second = cadre(VILLAGE).get(PAGE, {"from": "2026-06", "to": "2026-07", "page": "2"})
    assert len(second.context["households"].object_list) == 11
    assert second.context["report"].credits.credited_fen == 1001 * 11 * 301
