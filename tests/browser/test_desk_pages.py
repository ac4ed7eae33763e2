"""The cadre's own pages at a desk and on a phone: nothing sticks out, every word is Chinese, nobody
is shut out, no script complains, and on a phone each cell of a table says what it is.

Pages are found as the crawl of the desk finds them, so a new one is looked at as well.
"""

from collections.abc import Iterable, Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from lukou_market.accounts.models import Role, User
from lukou_market.public_notices.issue_card import issue_cards
from lukou_market.reports.export_models import Export
from lukou_market.village_reports.models import VillageReport
from tests.aid.months import JUNE
from tests.browser.conftest import DESK, PATIENCE_MS, PHONE
from tests.browser.looks import complaints_of, grave, not_chinese, too_wide, without_a_label
from tests.browser.phone import enter
from tests.cadre.matrix.ways import WAYS, address
from tests.cadre.matrix.world import World, build_world
from tests.factories import make_region, make_staff
from tests.support_second_factor import enrol

pytestmark = pytest.mark.django_db(transaction=True)
_PARTS = ("admin/search/", "admin/jsi18n/")
"""No pages of their own."""


class Looks:
    """Pages that one browser opened, and what was wrong with each."""

    def __init__(self, browser: Browser, origin: str) -> None:
        context = browser.new_context(base_url=origin, locale="zh-CN", viewport=PHONE)
        self.origin, self.page = origin, context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.complaints = complaints_of(self.page)
        self.wrong: dict[str, dict[str, list[str]]] = {}

    def enter(self, user: User) -> None:
        """Somebody sits down."""
        enter(self.page, user, self.origin)

    def at(self, addresses: Iterable[str]) -> None:
        """Open each and look."""
        for where in addresses:
            self.page.goto(where)
            self.look(where)

    def look(self, name: str) -> None:
        """The page as it stands: on a phone, then at a desk."""
        page, main = self.page, "#main" if self.page.locator("#main").count() else None
        page.set_viewport_size(PHONE)
        found = {
            "too wide on a phone": too_wide(page),
            "cells without their labels": without_a_label(page),
            "shuts out on a phone": grave(page, within=main),
        }
        page.set_viewport_size(DESK)
        found |= {
            "too wide": too_wide(page),
            "shuts out": grave(page, within=main),
            "not Chinese": not_chinese(page),
        }
        if found := {what: named for what, named in found.items() if named}:
            self.wrong[name] = found


@pytest.fixture
def looks(chromium: Browser, live_server: LiveServer) -> Iterator[Looks]:
    cache.clear()
    looks = Looks(chromium, live_server.url)
    yield looks
    looks.page.context.close()


@pytest.fixture
def world(transactional_db: None) -> World:
    """Villages with one of everything that the desk shows."""
    with transaction.atomic():
        return build_world()


def cadre_of(code: str) -> User:
    return make_staff("干部", role=Role.CADRE, region=make_region(code))


def pages_of(user: User, world: World | None = None) -> Iterator[str]:
    """Where this person is shown a page, not a file; about a village too, with a world."""
    client = Client()
    client.force_login(user)
    for route in WAYS:
        if not route.startswith("admin/") or route in _PARTS:
            continue
        completed = WAYS[route](world, "郄") if world else []
        completed = completed if "<" in route else completed[:1] or [""]
        for where in (address(route, one) for one in completed):
            answer = client.get(where)
            is_page = answer.headers.get("Content-Type", "").startswith("text/html")
            if answer.status_code == 200 and is_page:
                yield where


def test_the_pages_of_a_district_that_has_everything(looks: Looks, world: World) -> None:
    user = cadre_of("430212000000")
    pages = list(pages_of(user, world))
    assert len(pages) > 25
    looks.enter(user)
    looks.at(pages)
    assert (looks.wrong, looks.complaints) == ({}, [])


def test_the_pages_of_a_village_that_has_nothing_yet(looks: Looks) -> None:
    user = cadre_of("430212101001")
    pages = list(pages_of(user))
    assert len(pages) > 12
    looks.enter(user)
    looks.at(pages)
    assert (looks.wrong, looks.complaints) == ({}, [])


def test_what_auditors_see_besides(looks: Looks, world: World) -> None:
    looks.enter(make_staff("审计", role=Role.AUDITOR))
    looks.at([f"{reverse('cadre:changes')}?model=households.household"])
    looks.at([f"{reverse('cadre:changes')}?from=2030-01-01"])
    assert (looks.wrong, looks.complaints) == ({}, [])


def test_the_way_in(looks: Looks) -> None:
    user, page = cadre_of("430212101001"), looks.page
    looks.at([reverse("admin:login")])
    for given in ("nothing", "secret"):
        page.fill("[name=username]", "干部")
        page.fill("[name=password]", given)
        page.locator("form button[type=submit], form button").last.click()
        page.wait_for_load_state()
        looks.look(f"after {given}")
    page.fill("[name=code]", "000000")
    page.get_by_role("button", name="继续").click()
    looks.look("a wrong code")
    enrol(user)
    looks.enter(user)
    looks.at([reverse("cadre:confirm-second-factor"), reverse("cadre:sign-ins")])
    assert (looks.wrong, looks.complaints) == ({}, [])


def test_what_anybody_may_check(looks: Looks, world: World) -> None:
    report = VillageReport.objects.earliest("pk")
    client = Client()
    client.force_login(cadre_of("430212101001"))
    client.post(reverse("cadre:report-export", args=["channel", "csv"]))
    export = Export.objects.get(path="", status="ready")
    household = world.row("郄", "household")
    [card] = issue_cards(
        households=[household], first_month=JUNE, last_month=JUNE, now=timezone.now()
    ).values()
    looks.at([
        reverse("storefront:statement-by-number"),
        reverse("storefront:statement", args=[card.number]),
        reverse("storefront:verify-typed"),
        reverse("storefront:verify", args=[report.sha256]),
        reverse("storefront:verify", args=["0" * 64]),
        reverse("storefront:verify", args=[export.content_sha256]),
        reverse("storefront:public-notices"),
        reverse("storefront:public-notice", args=[world.row("郄", "publicnotice").number]),
        reverse("storefront:look-up-objection"),
    ])  # fmt: skip
    assert (looks.wrong, looks.complaints) == ({}, [])
