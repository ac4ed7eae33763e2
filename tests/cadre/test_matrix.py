"""Every page of the desk × every role: nobody meets a text, a count or a total of others.

The crawl finds addresses and models by itself. A page it can't reach fails here until
`matrix/ways.py` says how to; a model without rows until `furnish.py` makes some. Counts and
totals are told by reading every page again once the others have more: it must not change.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from django.utils import timezone

from lukou_market.accounts.models import Role, User
from lukou_market.aid.models import HouseholdTotal
from lukou_market.cadre import trace_views
from lukou_market.households.admin import HouseholdAdmin
from lukou_market.households.models import Household
from lukou_market.regions.scoped_filters import RegionFilter
from tests.aid.months import IN_JULY
from tests.cadre.conftest import signed_in
from tests.cadre.matrix.crawl import Crawl, without_a_way
from tests.cadre.matrix.routes import desk_routes
from tests.cadre.matrix.ways import WAYS, has_no_region
from tests.cadre.matrix.world import VILLAGES, World, build_world, grow
from tests.factories import make_host, make_region, make_staff, make_user

VILLAGE, TOWN, OTHER_TOWN, DISTRICT = (
    "430212101001", "430212101000", "430212102000", "430212000000",
)  # fmt: skip
INSIDE = {VILLAGE: "郄", TOWN: "郄厍", OTHER_TOWN: "仉", DISTRICT: "郄厍仉"}
Cadre = Callable[[str], Client]


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The villages, in an hour that does not pass: two visits differ by what they show only."""
    monkeypatch.setattr(timezone, "now", lambda: IN_JULY)
    yield build_world()
    cache.clear()


def state(world: World, marks: list[str]) -> dict[object, Any]:
    return {
        (model, row.pk): model._base_manager.filter(pk=row.pk).values().first()
        for mark in marks
        for model, rows in world.rows[mark].items()
        for row in rows
    }


@pytest.mark.parametrize("code", [VILLAGE, TOWN])
def test_a_cadre_meets_their_own_and_nothing_of_others(
    world: World, cadre: Cadre, code: str
) -> None:
    crawl = Crawl(cadre(code), world, INSIDE[code])
    before = state(world, crawl.outside)
    crawl.everything()
    assert crawl.wrong == []
    assert len(crawl.read) > 100
    assert state(world, crawl.outside) == before
    grow(crawl.outside)
    cache.clear()
    assert crawl.again() == []


def test_a_cadre_of_the_other_town_meets_nothing_of_this_one(world: World, cadre: Cadre) -> None:
    crawl = Crawl(cadre(OTHER_TOWN), world, INSIDE[OTHER_TOWN])
    crawl.pages()
    for model in admin.site._registry:
        crawl.rows(model)
    assert crawl.wrong == []


def test_those_who_see_everything_reach_everything(world: World, cadre: Cadre) -> None:
    auditor = signed_in(make_staff("auditor", role=Role.AUDITOR))
    superuser = signed_in(User.objects.create_superuser("root", "secret"))
    for client in (cadre(DISTRICT), auditor, superuser):
        crawl = Crawl(client, world, INSIDE[DISTRICT])
        crawl.pages()
        for model in admin.site._registry:
            crawl.rows(model)
        assert crawl.wrong == []


def test_who_has_no_desk_meets_nothing(world: World) -> None:
    packer = make_user("打包")
    packer.grants.create(role=Role.PACKER, region=make_region(VILLAGE))
    nobody, host = Client(), make_host(make_user("主播"))
    for client in (nobody, *map(signed_in, (make_user(), host.user, packer))):
        crawl = Crawl(client, world, "")
        crawl.pages()
        for model, model_admin in admin.site._registry.items():
            crawl.lists(model, model_admin)
            crawl.rows(model)
        assert crawl.wrong == []
        closed = [where for where in crawl.read if "jsi18n" not in where]
        assert closed == []


def test_every_page_has_a_way_and_every_way_a_page() -> None:
    assert without_a_way() == [], "say in tests/cadre/matrix/ways.py how to reach it"
    assert set(WAYS) - set(desk_routes()) == set()


def test_every_model_has_rows_in_each_village(world: World) -> None:
    for mark in VILLAGES:
        without = [model for model in admin.site._registry if not world.rows[mark].get(model)]
        assert without == [], "let tests/cadre/furnish.py make one in every village"


def careless_page(request: HttpRequest) -> HttpResponse:
    """How many there are, of all villages."""
    credited = sum(total.pending_fen + total.credited_fen for total in HouseholdTotal.objects.all())
    return HttpResponse(f"{credited} 分")


urlpatterns = [
    path("admin/careless/", admin.site.admin_view(careless_page)),
    path("", include("lukou_market.urls")),
]


def test_a_new_page_fails_until_somebody_says_how_to_reach_it(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    assert without_a_way() == ["admin/careless/"]


def test_a_page_that_shows_a_total_of_all_is_found_guilty(
    world: World, cadre: Cadre, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ROOT_URLCONF = __name__
    monkeypatch.setitem(WAYS, "admin/careless/", has_no_region)
    crawl = Crawl(cadre(VILLAGE), world, INSIDE[VILLAGE])
    crawl.pages()
    grow(crawl.outside)
    cache.clear()
    [changed] = crawl.again()
    assert changed.startswith("/admin/careless/: ")


def test_an_admin_that_forgets_the_region_is_found_guilty(
    world: World, cadre: Cadre, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = lambda *_: Household.objects.all()  # noqa: E731
    monkeypatch.setattr(HouseholdAdmin, "get_queryset", every)
    crawl = Crawl(cadre(VILLAGE), world, INSIDE[VILLAGE])
    crawl.lists(Household, admin.site.get_model_admin(Household))
    crawl.rows(Household)
    crawl.choices()
    found = " ".join(crawl.wrong)
    for told in (
        "household/ shows",
        "household/ offers",
        "/change/ is not refused",
        "?q=",
        "field",
    ):
        assert told in found


def test_a_page_that_forgets_the_region_is_found_guilty(
    world: World, cadre: Cadre, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_anybody = lambda _request, pk: Household.objects.get(pk=pk)  # noqa: E731
    monkeypatch.setattr(trace_views, "household_in_view", of_anybody)
    crawl = Crawl(cadre(VILLAGE), world, INSIDE[VILLAGE])
    crawl.pages()
    assert any("/admin/trace/households/" in wrong for wrong in crawl.wrong)


def test_a_filter_that_offers_every_village_is_found_guilty(
    world: World, cadre: Cadre, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = lambda *_: [(code, f"{mark}村") for mark, code in VILLAGES.items()]  # noqa: E731
    monkeypatch.setattr(RegionFilter, "lookups", every)
    crawl = Crawl(cadre(VILLAGE), world, INSIDE[VILLAGE])
    crawl.lists(Household, admin.site.get_model_admin(Household))
    assert any("shows" in wrong for wrong in crawl.wrong)
