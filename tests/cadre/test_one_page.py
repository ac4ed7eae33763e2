"""A list is turned page by page, and never counted."""

import pytest
from django.core.exceptions import BadRequest
from django.db import connection
from django.http import Http404
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from lukou_market.cadre.one_page import OnePage, one_page
from lukou_market.regions.models import Region
from tests.factories import make_region

pytestmark = pytest.mark.django_db


def of_five(page: str) -> OnePage:
    for n in range(1, 6):
        make_region(f"430212{n:03}000")
    regions = Region.objects.filter(code__startswith="430212", level="town").order_by("code")
    return one_page(regions, RequestFactory().get("/", {"page": page}), 2)


@pytest.mark.parametrize(
    ("number", "rows", "before", "after"),
    [("1", 2, False, True), ("2", 2, True, True), ("3", 1, True, False)],
)
def test_a_page_knows_its_neighbours(number: str, rows: int, before: bool, after: bool) -> None:
    page = of_five(number)
    assert (len(list(page)), page.has_previous, page.has_next) == (rows, before, after)
    assert page.has_other_pages


def test_a_full_last_page_has_no_next() -> None:
    make_region("430212001000")
    make_region("430212002000")
    regions = Region.objects.filter(code__startswith="430212", level="town").order_by("code")
    page = one_page(regions, RequestFactory().get("/"), 2)
    assert not page.has_next and not page.has_other_pages


def test_the_list_is_not_counted() -> None:
    of_five("1")
    with CaptureQueriesContext(connection) as asked:
        one_page(Region.objects.order_by("code"), RequestFactory().get("/"), 2)
    assert len(asked) == 1 and "COUNT" not in asked[0]["sql"]


def test_beyond_the_end_there_is_nothing() -> None:
    with pytest.raises(Http404):
        of_five("4")


def test_what_is_no_page_is_refused() -> None:
    with pytest.raises(BadRequest):
        of_five("last")
