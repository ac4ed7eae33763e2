"""Cadres of the district explain what Stripe and we differ on; others don't."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from lukou_market.payments.match_settlement import Difference
from lukou_market.payments.models import Discrepancy
from lukou_market.payments.queries import open_discrepancies
from lukou_market.payments.record_discrepancies import record_discrepancies
from tests.factories import NOW

LIST = reverse("admin:payments_discrepancy_changelist")
DISTRICT, TOWN = "430212000000", "430212101000"
Cadre = Callable[[str], Client]


@pytest.fixture
def found(db: None) -> Discrepancy:
    record_discrepancies(differences=[Difference("refund", "re_1", -5, 0)], now=NOW)
    return Discrepancy.objects.get()


def page_of(row: Discrepancy) -> str:
    return reverse("admin:payments_discrepancy_change", args=[row.pk])


def explain(client: Client, row: Discrepancy, words: str = "客服手工退款") -> Discrepancy:
    client.post(page_of(row), {"explanation": words})
    row.refresh_from_db()
    return row


def test_the_list_shows_what_is_open_and_says_what_to_do(cadre: Cadre, found: Discrepancy) -> None:
    client = cadre(DISTRICT)
    page = client.get(LIST)
    assert [row.pk for row in page.context["cl"].result_list] == [found.pk]
    assert "re_1" in page.content.decode()
    assert "-0.05" in page.content.decode()
    explain(client, found)
    page = client.get(LIST)
    assert list(page.context["cl"].result_list) == []
    explained = client.get(LIST, {"state": "explained"})
    assert [row.pk for row in explained.context["cl"].result_list] == [found.pk]


@pytest.mark.django_db
def test_an_empty_list_says_so(cadre: Cadre) -> None:
    assert "每天凌晨三点自动对账" in cadre(DISTRICT).get(LIST).content.decode()


def test_a_cadre_of_the_district_explains_and_is_named(cadre: Cadre, found: Discrepancy) -> None:
    client = cadre(DISTRICT)
    assert client.get(page_of(found)).status_code == 200
    row = explain(client, found)
    assert row.explanation == "客服手工退款"
    assert row.explained_by is not None
    assert row.explained_by.username == f"cadre{DISTRICT}"
    assert row.explained_at is not None
    assert not open_discrepancies().exists()


def test_an_explanation_needs_words(cadre: Cadre, found: Discrepancy) -> None:
    assert explain(cadre(DISTRICT), found, " ").explained_at is None


def test_an_explanation_is_not_written_over(cadre: Cadre, found: Discrepancy) -> None:
    client = cadre(DISTRICT)
    explain(client, found)
    assert explain(client, found, "别的原因").explanation == "客服手工退款"


def test_a_cadre_of_a_town_sees_and_explains_nothing(cadre: Cadre, found: Discrepancy) -> None:
    client = cadre(TOWN)
    assert client.get(LIST).status_code == 403
    assert explain(client, found).explained_at is None


def test_an_auditor_looks_and_explains_nothing(auditor: Client, found: Discrepancy) -> None:
    assert auditor.get(page_of(found)).status_code == 200
    assert explain(auditor, found).explained_at is None
