"""The cards a cadre prints: of households of their region, without personal numbers."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lukou_market.aid.post_orders import post_due_orders
from lukou_market.cadre import statement_views
from lukou_market.households.models import Household
from lukou_market.kernel.encryption import digest
from lukou_market.payouts.models import BankAccount
from tests.aid.sales import receive
from tests.cadre.furnish import id_numbers
from tests.factories import (
    NOW,
    make_household,
    make_link,
    make_offer,
    make_producer,
    make_sku,
    make_user,
    make_village,
    place_paid,
)

HERE, NEXT_TOWN, ELSEWHERE = "430212101001", "430212102001", "430211101001"
JUNE = "?from=2026-06&to=2026-06"
Cadre = Callable[[str], Client]


@pytest.fixture
def households(db: None) -> list[Household]:
    """Three of the village, each with a share in one received sale of ten yuan."""
    village = make_village(HERE)
    producer = make_producer("浦湾合作社", village)
    found = [make_household(f"H{n}", village, head="李大山") for n in range(3)]
    for household in found:
        make_link(producer, household, 3000)
    receive(place_paid(make_user(), make_offer(sku=make_sku(producer), price_fen=1000)))
    post_due_orders(now=NOW)
    return found


def of_household(household: Household) -> str:
    return reverse("cadre:household-statement", args=[household.pk]) + JUNE


def of_village(code: str) -> str:
    return reverse("cadre:village-statements") + f"{JUNE}&region={code}"


def test_a_card_says_what_came_in_and_shows_no_personal_numbers(
    cadre: Cadre, households: list[Household]
) -> None:
    page = cadre(HERE).get(of_household(households[0]))
    text = page.content.decode()
    for word in ("农户明白卡", "2026年6月", "李**", "浦湾合作社", "入股分红", "3.00", "口径"):
        assert word in text
    assert "cadre430212101001" in text  # whom to ask
    assert not any(number in text for number in [*id_numbers(), "李大山", "王小明", "13812345678"])
    assert page["Cache-Control"].startswith("max-age=0")


def test_a_card_shows_the_last_digits_of_the_account_and_what_was_paid_to_it(
    cadre: Cadre, households: list[Household]
) -> None:
    number = "6228480402564890018"
    BankAccount.objects.create(
        household=households[0], bank="株洲农商行", holder="李大山", number=number,
        number_digest=digest(number),
    )  # fmt: skip
    text = cadre(HERE).get(of_household(households[0])).content.decode()
    assert "株洲农商行 **** 0018" in text
    assert number not in text
    assert "李大山" not in text


@pytest.mark.parametrize(
    ("code", "status"),
    [(HERE, 200), ("430212101000", 200), ("430212000000", 200), (NEXT_TOWN, 404), (ELSEWHERE, 404)],
)
def test_a_cadre_prints_cards_of_their_region_only(
    cadre: Cadre, households: list[Household], code: str, status: int
) -> None:
    client = cadre(code)
    assert client.get(of_household(households[0])).status_code == status
    assert client.get(of_village(HERE)).status_code == status


def test_a_village_s_cards_come_some_at_a_time(
    cadre: Cadre, households: list[Household], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statement_views, "CARDS_PER_PAGE", 2)
    client = cadre("430212101000")
    first = client.get(of_village(HERE))
    second = client.get(of_village(HERE) + "&page=2")
    cards = [card for page in (first, second) for card in page.context["cards"]]
    assert [card.household for card in cards] == households
    assert len(first.context["cards"]) == 2
    assert all(card.change.kept_fen == 300 for card in cards)


def test_a_town_or_another_month_s_words_are_refused(
    cadre: Cadre, households: list[Household]
) -> None:
    client = cadre("430212101000")
    assert client.get(of_village("430212101000")).status_code == 404
    page: Any = client.get(reverse("cadre:village-statements"), {"region": HERE, "from": "june"})
    assert page.status_code == 400


def test_who_has_no_desk_is_asked_to_sign_in(households: list[Household]) -> None:
    client = Client()
    client.force_login(make_user())
    assert client.get(of_household(households[0])).status_code == 302
    assert client.get(of_village(HERE)).status_code == 302


def test_a_card_costs_the_same_queries_however_much_was_sold(
    cadre: Cadre, households: list[Household]
) -> None:
    client, counts = cadre(HERE), []
    offer = make_offer(sku=make_sku(households[0].links.get().producer), price_fen=1000)
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(of_household(households[0]))
        counts.append(len(queries))
        for _ in range(5):
            receive(place_paid(make_user(), offer))
        post_due_orders(now=NOW)
    assert counts[0] == counts[1] < 40


def test_report_trace_and_register_lead_to_the_cards(
    superuser: Client, households: list[Household]
) -> None:
    address = reverse("cadre:household-statement", args=[households[0].pk])
    register = reverse("admin:households_household_change", args=[households[0].pk])
    trace = reverse("cadre:household-trace", args=[households[0].pk])
    for page in (register, trace):
        assert address in superuser.get(page).content.decode()
    report = superuser.get(reverse("cadre:aid-sales"), {"region": HERE})
    assert reverse("cadre:village-statements") in report.content.decode()
