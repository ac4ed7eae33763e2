"""The cards a cadre prints: of households of their region, without personal numbers."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lukou_market.access_log.models import AccessRecord
from lukou_market.accounts.models import Role, User
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.cadre import statement_views
from lukou_market.households.models import Household
from lukou_market.kernel.encryption import digest
from lukou_market.payouts.models import BankAccount
from lukou_market.public_notices import print_cards
from lukou_market.public_notices.errors import PrintNeedsReason
from lukou_market.public_notices.models import HouseholdPhone, StatementCard, StatementText
from lukou_market.reports.export_models import Export
from tests.aid.sales import receive
from tests.cadre.conftest import signed_in
from tests.cadre.furnish import id_numbers
from tests.factories import (
    NOW,
    make_household,
    make_link,
    make_offer,
    make_producer,
    make_sku,
    make_staff,
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
    numbered = [each for page in (first, second) for each, _code in page.context["cards"]]
    cards = [each.statement for each in numbered]
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
    assert counts[0] == counts[1] < 45


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


def test_a_card_shows_its_number_a_code_and_where_to_object(
    cadre: Cadre, households: list[Household]
) -> None:
    client = cadre(HERE)
    text = client.get(of_household(households[0])).content.decode()
    card = StatementCard.objects.get()
    assert card.number in text and "<svg" in text
    assert "/statements/ 输入编号" in text and "不用登录" in text
    client.get(of_village(HERE))
    assert set(StatementCard.objects.values_list("household", flat=True)) == {
        household.pk for household in households
    }


def print_all(code: str) -> str:
    return reverse("cadre:print-statements") + f"{JUNE}&region={code}"


def test_a_village_s_cards_are_printed_with_a_reason(
    cadre: Cadre, households: list[Household]
) -> None:
    client = cadre("430212101000")
    assert cadre(NEXT_TOWN).post(print_all(HERE), {"reason": "发放"}).status_code == 404
    refused = client.post(print_all(HERE), {"reason": ""}, follow=True)
    assert str(PrintNeedsReason.sentence) in refused.content.decode()
    assert not Export.objects.exists()
    answer = client.post(print_all(HERE), {"reason": "发放"})
    assert answer["Content-Type"] == "application/pdf" and "no-store" in answer["Cache-Control"]
    assert AccessRecord.objects.get(reason="发放").action == "printed"


def test_many_cards_are_left_to_a_worker(
    cadre: Cadre, households: list[Household], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(print_cards, "AT_ONCE", 2)
    client = cadre(HERE)
    answer = client.post(print_all(HERE), {"reason": "发放"}, follow=True)
    export = Export.objects.get()
    assert answer.redirect_chain == [(reverse("cadre:export", args=[export.pk]), 302)]
    assert "明白卡" in answer.content.decode()


def test_a_household_gives_its_phone_and_is_texted_once(
    cadre: Cadre, households: list[Household], empty_redis: None
) -> None:
    client = cadre(HERE)
    keep = reverse("cadre:household-phone", args=[households[0].pk])
    tell = reverse("cadre:text-statements") + f"{JUNE}&region={HERE}"
    client.post(keep, {"phone": "12"})
    assert not HouseholdPhone.objects.exists()
    shown = client.post(keep, {"phone": "13877776666"}, follow=True).content.decode()
    assert "138****6666" in shown and "13877776666" not in shown
    assert "1 条短信" in client.post(tell, follow=True).content.decode()
    assert "0 条短信" in client.post(tell, follow=True).content.decode()
    assert StatementText.objects.get().card.household == households[0]


@pytest.mark.parametrize("role", [Role.AUDITOR, ""])
def test_who_only_looks_texts_nobody(households: list[Household], role: str) -> None:
    client = signed_in(make_staff("looks", role=role) if role else superuser_named("root"))
    keep = reverse("cadre:household-phone", args=[households[0].pk])
    tell = reverse("cadre:text-statements") + f"{JUNE}&region={HERE}"
    assert client.post(keep, {"phone": "13877776666"}).status_code == 403
    assert client.post(tell).status_code == 403
    assert not HouseholdPhone.objects.exists()


def superuser_named(name: str) -> User:
    return User.objects.create_superuser(name, "secret")
