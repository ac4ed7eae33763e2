"""A cadre meets rows of their own region only, on every page of the admin."""

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from lukou_market.accounts.models import User
from lukou_market.regions.models import Region
from tests.cadre.conftest import LOOKERS, VILLAGES

Rows = dict[str, list[Model]]
Cadre = Callable[[str], Client]


def address(row: Model, page: str) -> str:
    args = [row.pk] if page == "change" else []
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=args)


def outside(marks: str) -> list[str]:
    return [mark for mark in VILLAGES if mark not in marks]


@pytest.mark.parametrize(("code", "inside"), LOOKERS.items())
def test_every_list_shows_the_rows_of_the_region_and_no_others(
    rows: Rows, cadre: Cadre, code: str, inside: str
) -> None:
    client = cadre(code)
    for index, row in enumerate(rows["甲"]):
        response = client.get(address(row, "changelist"))
        shown = {found.pk for found in response.context["cl"].result_list}
        assert {rows[mark][index].pk for mark in inside} <= shown, row
        assert not {rows[mark][index].pk for mark in outside(inside)} & shown, row
        assert not any(mark in response.content.decode() for mark in outside(inside)), row


@pytest.mark.parametrize(("code", "inside"), LOOKERS.items())
def test_every_page_of_a_row_opens_inside_the_region_and_nowhere_else(
    rows: Rows, cadre: Cadre, code: str, inside: str
) -> None:
    client = cadre(code)
    for mark, found in rows.items():
        for row in found:
            response = client.get(address(row, "change"))
            history = client.get(address(row, "change").replace("change", "history"))
            if mark in inside:
                assert response.status_code == 200, row
                page = response.content.decode()
                assert not any(other in page for other in outside(inside)), row
            else:
                assert (response.status_code, history.status_code) == (302, 302), row


def test_adding_offers_only_the_region_to_choose_from(rows: Rows, cadre: Cadre) -> None:
    client = cadre("430212101000")
    for row in rows["甲"]:
        response = client.get(address(row, "add"))
        if response.status_code == 200:
            assert not any(mark in response.content.decode() for mark in "丙丁"), row


@pytest.mark.parametrize(("code", "inside"), LOOKERS.items())
def test_autocompletion_finds_the_region_only(
    rows: Rows, cadre: Cadre, code: str, inside: str
) -> None:
    client, asked = cadre(code), 0
    for model, model_admin in admin.site._registry.items():
        for field in model_admin.autocomplete_fields:
            response = client.get(
                reverse("admin:autocomplete"),
                {
                    "app_label": model._meta.app_label,
                    "model_name": str(model._meta.model_name),
                    "field_name": field,
                    "term": "",
                },
            )
            if response.status_code == 403:
                continue
            asked += 1
            text = response.json()["results"]
            assert text, (model, field)
            assert not any(mark in str(text) for mark in outside(inside)), (model, field)
    assert asked > 5


def test_a_row_can_not_be_moved_to_another_region(rows: Rows, cadre: Cadre) -> None:
    household = next(row for row in rows["甲"] if row._meta.model_name == "household")
    response = cadre("430212101000").post(
        address(household, "change"),
        {
            "number": "H甲", "village": VILLAGES["丙"], "category": "general_poor",
            "main_cause": "illness", "members-TOTAL_FORMS": 0, "members-INITIAL_FORMS": 0,
        },
    )  # fmt: skip
    assert "village" in response.context["adminform"].form.errors
    household.refresh_from_db()
    assert household.village_id == VILLAGES["甲"]  # type: ignore[attr-defined]


def test_saving_a_project_keeps_its_households_of_other_regions(rows: Rows, cadre: Cadre) -> None:
    project = next(row for row in rows["甲"] if row._meta.model_name == "aidproject")
    foreign = next(row for row in rows["丙"] if row._meta.model_name == "household")
    project.households.add(foreign)  # type: ignore[attr-defined]
    through = project.households.through.objects.get(household__number="H甲")  # type: ignore[attr-defined]
    prefix = "AidProject_households"
    response = cadre("430212101001").post(
        address(project, "change"),
        {
            "name": "甲新项目", "level": "village", "region": VILLAGES["甲"], "tasks": "大棚",
            "funding_source": "财政", "funds": "12.34", "starts_on": "2026-06-01",
            "ends_on": "2027-06-01", "responsible": "书记", "mechanism": "分红",
            f"{prefix}-TOTAL_FORMS": 1, f"{prefix}-INITIAL_FORMS": 1,
            f"{prefix}-0-id": through.pk, f"{prefix}-0-aidproject": project.pk,
            f"{prefix}-0-DELETE": "on",
            "AidProject_producers-TOTAL_FORMS": 0, "AidProject_producers-INITIAL_FORMS": 0,
        },
    )  # fmt: skip
    assert response.status_code == 302, response.context["adminform"].form.errors
    project.refresh_from_db()
    assert project.funding_fen == 1234  # type: ignore[attr-defined]
    assert list(project.households.all()) == [foreign]  # type: ignore[attr-defined]


def test_a_region_filter_of_another_region_finds_nothing(rows: Rows, cadre: Cadre) -> None:
    client = cadre("430212101000")
    for row in rows["甲"]:
        if isinstance(row, Region):
            continue
        response = client.get(address(row, "changelist"), {"region": VILLAGES["丙"]})
        assert not response.context["cl"].result_list, row
        response = client.get(address(row, "changelist"), {"region": VILLAGES["乙"]})
        assert len(response.context["cl"].result_list) == 1, row


def test_a_town_cadre_sees_no_users_and_a_district_cadre_the_role_holders_below(
    rows: Rows, cadre: Cadre
) -> None:
    town, district, elsewhere = map(cadre, ("430212101000", "430212000000", "430211000000"))
    users = reverse("admin:accounts_user_changelist")
    assert town.get(users).status_code == 403
    assert elsewhere.get(users).context["cl"].result_list[0].username == "cadre430211000000"
    shown = {user.username for user in district.get(users).context["cl"].result_list}
    assert shown == {"cadre430212101000", "cadre430212000000"}


def test_the_book_and_the_inbox_are_closed_to_cadres(rows: Rows, cadre: Cadre) -> None:
    client = cadre("430212000000")
    for name in ("ledger_account", "ledger_transfer", "ledger_journal", "payments_webhookevent"):
        assert client.get(reverse(f"admin:{name}_changelist")).status_code == 403


def test_every_model_is_either_tested_here_or_closed_to_cadres(rows: Rows) -> None:
    tested = {type(row) for row in rows["甲"]} | {User}
    closed = {"account", "transfer", "journal", "webhookevent", "payout", "balancemovement"}
    # The district's: see test_discrepancies, test_chat, test_transfers.
    closed |= {"discrepancy", "blockedword", "shippingrate", "voucher", "voucheruse"}
    closed |= {"paymentnotice", "banktransfer", "passwordtries"}
    closed |= {"deputy"}  # names staff of other places too: see test_deputies
    rest = {model for model in admin.site._registry if model._meta.model_name not in closed}
    assert rest == tested
