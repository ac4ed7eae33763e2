"""The reports' pages: each person's region only, in the units asked for, and their files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lukou_market.reports.export_models import Export
from lukou_market.reports.kinds import FileFormat, Kind
from lukou_market.reports.run_exports import run_next_export
from tests.factories import NOW, make_region
from tests.reports.books import VILLAGE, sold_book

Cadre = Callable[[str], Client]
TOWN, OTHER_TOWN = "430212101000", "430212102000"
ASKED = {"from": "2026-06", "to": "2026-08"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def book(settings: Any, tmp_path: Path) -> None:
    settings.PRIVATE_DIR = tmp_path
    make_region("430212102001")
    sold_book(6)


def page_of(kind: str) -> str:
    return reverse("cadre:report", args=[kind])


@pytest.mark.parametrize("kind", Kind)
def test_each_report_has_a_page_and_hides_other_regions(cadre: Cadre, kind: Kind) -> None:
    client = cadre(TOWN)
    page = client.get(page_of(kind), ASKED)
    assert page.status_code == 200 and str(page.context["basis"]) in page.content.decode()
    assert client.get(page_of(kind), {"region": OTHER_TOWN}).status_code == 404
    assert client.get(page_of(kind), {"region": "430212000000"}).status_code == 404
    for file_format in FileFormat:
        address = reverse("cadre:report-export", args=[kind, file_format])
        assert client.post(f"{address}?region={OTHER_TOWN}").status_code == 404
        assert client.get(address).status_code == 405
    assert not Export.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"money": "dollar"}, {"weight": "lb"}, {"from": "June"}, {"channel": "x"}, {"page": "-1"}],
)
def test_what_can_not_be_read_is_refused_not_guessed(cadre: Cadre, wrong: dict[str, str]) -> None:
    client = cadre(TOWN)
    assert client.get(page_of("channel"), wrong).status_code == 400
    assert client.get(page_of("turnover")).status_code == 404


def test_units_are_chosen_in_the_address(cadre: Cadre) -> None:
    client = cadre(VILLAGE)
    in_yuan = client.get(page_of("channel"), ASKED).context["totals"][2].text
    in_wan = client.get(page_of("channel"), {**ASKED, "money": "wan"}).context["totals"][2].text
    whole_yuan = round(float(in_yuan.replace(",", "")))
    assert whole_yuan > 0 and in_wan == f"{whole_yuan / 10_000:.4f}"


def test_rows_lead_down_to_where_the_money_comes_from(cadre: Cadre) -> None:
    client = cadre(TOWN)
    rows = {
        kind: client.get(page_of(kind), ASKED).context["rows"]
        for kind in ("channel", "target", "household", "coverage")
    }
    assert [kind for kind in rows if not rows[kind]] == []
    links = {kind: shown[0][0] for kind, shown in rows.items()}
    assert links["channel"].startswith(reverse("cadre:aid-sales"))
    assert links["target"].startswith(page_of("target") + f"?region={VILLAGE}")
    assert "/trace/households/" in links["household"]
    for link in links.values():
        assert client.get(link).status_code == 200, link


@pytest.mark.parametrize("kind", Kind)
def test_a_page_takes_few_queries(
    cadre: Cadre, kind: Kind, django_assert_max_num_queries: Any
) -> None:
    client = cadre("430212000000")
    with django_assert_max_num_queries(30):
        client.get(page_of(kind), ASKED)


@pytest.mark.parametrize("file_format", FileFormat)
def test_a_short_report_is_handed_over_at_once(cadre: Cadre, file_format: FileFormat) -> None:
    client = cadre(VILLAGE)
    answer = client.post(reverse("cadre:report-export", args=["channel", file_format]))
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    assert f"channel-{VILLAGE}" in answer["Content-Disposition"]
    export = Export.objects.get()
    assert client.get(reverse("cadre:export-file", args=[export.pk])).status_code == 302
    assert client.get(reverse("cadre:exports")).status_code == 200


def test_a_long_report_waits_for_a_worker_and_is_its_owners(cadre: Cadre) -> None:
    client, other = cadre(VILLAGE), cadre(TOWN)
    answer = client.post(reverse("cadre:report-export", args=["household", "xlsx"]))
    export = Export.objects.get()
    page, state, file = (
        reverse(f"cadre:{name}", args=[export.pk])
        for name in ("export", "export-state", "export-file")
    )
    assert answer.status_code == 302 and answer["Location"] == page
    assert client.get(state).json()["status"] == "waiting"
    assert client.get(page).status_code == 200
    assert client.get(file).status_code == 302
    run_next_export(now=NOW)
    assert client.get(state).json()["status"] == "ready"
    assert file in client.get(page).content.decode()
    assert b"".join(iter(client.get(file))).startswith(b"PK")
    assert {other.get(address).status_code for address in (page, state, file)} == {404}


def test_a_paper_is_verified_without_its_figures(cadre: Cadre, client: Client) -> None:
    cadre(VILLAGE).post(reverse("cadre:report-export", args=["channel", "pdf"]))
    export = Export.objects.get()
    for sha256 in (export.content_sha256, export.file_sha256):
        page = client.get(reverse("storefront:verify", args=[sha256]))
        shown = page.content.decode()
        assert page.status_code == 200 and f"区划{VILLAGE}" in shown
        assert str(export.asked_by) not in shown
    within = cadre(TOWN).get(reverse("storefront:verify", args=[export.content_sha256]))
    assert str(export.asked_by) in within.content.decode()
    unknown = client.get(reverse("storefront:verify", args=["0" * 64])).content.decode()
    assert "查无此件" in unknown
