"""The list of every model of the desk and the page of one row, wide and on a phone.

All see one district, built once: `furnish.py` makes a row of every model.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.contrib import admin
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Model
from django.test.testcases import LiveServerThread
from django.urls import reverse
from playwright.sync_api import Browser, Page, ViewportSize
from pytest_django import DjangoDbBlocker

from lukou_market.accounts.models import Role
from lukou_market.orders.models import Order
from tests.browser.conftest import PATIENCE_MS, PHONE
from tests.browser.looks import complaints_of, grave, not_chinese, too_wide
from tests.browser.phone import enter
from tests.cadre.matrix.world import build_world
from tests.factories import make_staff

pytestmark = pytest.mark.django_db  # the tests themselves ask nothing of it
DESK: ViewportSize = {"width": 1440, "height": 900}
_MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label_lower)
# What a cell says is neither cut off nor squeezed into a column of single characters.
_CUT = """() => [...document.querySelectorAll("#content-main :is(td, th, label, a, p, .readonly)")]
  .filter((one) => one.getClientRects().length && one.innerText.trim().length > 2)
  .filter((one) => {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    const hides = [style.overflowX, style.overflowY].some((way) => way === "hidden");
    return (hides && (one.scrollWidth > one.clientWidth + 1
        || one.scrollHeight > one.clientHeight + 3)) || box.height > 3 * box.width;
  })
  .map((one) => `${one.className.toString().slice(0, 30)}: ${one.innerText.slice(0, 60)}`)"""


@dataclass(frozen=True)
class Desk:
    """An auditor's browser, and one row of each model."""

    page: Page
    complaints: list[str]
    rows: dict[type[Model], Model]


@pytest.fixture(scope="module")
def desk(
    chromium: Browser, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Desk]:
    """The district is built once and taken down after the last page."""
    cache.clear()
    with django_db_blocker.unblock():
        with transaction.atomic():
            rows = build_world().rows["郄"]
        auditor = make_staff("审计员", role=Role.AUDITOR)
        server = LiveServerThread("127.0.0.1", static_handler=StaticFilesHandler)
        server.daemon = True
        server.start()
        assert server.is_ready.wait(30) and server.error is None
        origin = f"http://127.0.0.1:{server.port}"
        context = chromium.new_context(
            base_url=origin, locale="zh-CN", timezone_id="Asia/Shanghai", viewport=DESK
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        enter(page, auditor, origin)
        yield Desk(page, complaints_of(page), {model: found[0] for model, found in rows.items()})
        context.close()
        server.terminate()
        _emptied()


def _emptied() -> None:
    """The book's triggers refuse TRUNCATE; they rest while the session is a replica's."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        call_command("flush", interactive=False, verbosity=0)
        cursor.execute("RESET session_replication_role")


def _pages_of(desk: Desk, model: type[Model]) -> dict[str, str]:
    named = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    row = reverse(f"{named}_change", args=[desk.rows[model].pk])
    return {"list": reverse(f"{named}_changelist"), "row": row}


def _faults(page: Page, size: ViewportSize) -> list[str]:
    page.set_viewport_size(size)
    return [*too_wide(page), *page.evaluate(_CUT), *not_chinese(page)]


@pytest.mark.parametrize("model", _MODELS, ids=lambda model: model._meta.label_lower)
def test_its_list_and_its_row_can_be_read(desk: Desk, model: type[Model]) -> None:
    desk.complaints.clear()
    wrong = {}
    for name, address in _pages_of(desk, model).items():
        answer = desk.page.goto(address)
        assert answer is not None and answer.ok, address
        for size in (DESK, PHONE):
            if found := _faults(desk.page, size):
                wrong[f"{name} {size['width']}"] = found
        # A page is the same elements at both sizes, and what surrounds the rows on all: see below.
        if shuts_out := grave(desk.page, within="#content-main"):
            wrong[f"{name} shuts out"] = shuts_out
    assert (wrong, desk.complaints) == ({}, [])


def test_what_surrounds_the_rows_can_be_read(desk: Desk) -> None:
    for size in (DESK, PHONE):
        desk.page.set_viewport_size(size)
        desk.page.goto(_pages_of(desk, Order)["list"])
        assert grave(desk.page) == []
        assert not_chinese(desk.page) == []
