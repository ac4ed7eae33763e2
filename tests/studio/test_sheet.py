"""A session's sheet as a page and as a workbook."""

from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from lukou_market.streams.models import Host
from lukou_market.studio.export_session_sheet import XLSX
from lukou_market.studio.sheet_basis import AUDIENCE, FUNNEL, MONEY
from tests.factories import make_offer, make_session, make_user, place, place_paid

pytestmark = pytest.mark.django_db


def test_the_page_has_the_figures_and_the_basis_of_each_group(console: Client, host: Host) -> None:
    offer = make_offer(make_session(host=host))
    place_paid(make_user(), offer, 2)
    place(make_user(), offer)
    page = console.get(f"/studio/sessions/{offer.session_id}/sheet/")
    sheet, text = page.context["sheet"], page.content.decode()
    assert (sheet.total.orders, sheet.total.paid, sheet.buyers) == (2, 1, 1)
    assert "¥79.80" in text
    for basis in (AUDIENCE, FUNNEL, MONEY):
        assert str(basis).replace("'", "&#x27;") in text


def test_the_workbook_is_downloaded(console: Client, host: Host) -> None:
    session = make_offer(make_session(host=host)).session
    answer = console.get(f"/studio/sessions/{session.pk}/sheet.xlsx")
    assert answer.headers["Content-Type"] == XLSX
    assert f"session-{session.pk}.xlsx" in answer.headers["Content-Disposition"]
    assert load_workbook(BytesIO(answer.content)).worksheets[0]["A1"].value == session.title


def test_a_session_that_never_began_has_an_empty_sheet(console: Client, host: Host) -> None:
    session = make_session("scheduled", host=host)
    page = console.get(f"/studio/sessions/{session.pk}/sheet/")
    assert (page.status_code, page.context["chart"]) == (200, None)
