"""What can be changed in the admin, and by whom."""

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from lukou_market.aid.models import HouseholdTotal
from lukou_market.households.models import Household
from tests.cadre.conftest import VILLAGES
from tests.cadre.test_scope import address

Rows = dict[str, list[Model]]
Cadre = Callable[[str], Client]

RECORDS = {"order", "payment", "refund", "dispute", "shipment", "householdtotal", "producertotal"}
KEPT = {
    "household", "householdmember", "farmer", "producer", "aidproject", "benefitlink", "product",
    "sku", "harvestlot", "bankaccount",
}  # fmt: skip


def named(rows: Rows, name: str) -> Model:
    return next(row for row in rows["甲"] if row._meta.model_name == name)


def offered(client: Client, row: Model) -> set[str]:
    """Which of add, change and delete the admin lets this person do with the row."""
    page = client.get(address(row, "change"))
    add = client.get(address(row, "add"))
    delete = client.get(address(row, "change").replace("change", "delete"))
    save = page.context["show_save"] and page.context["has_change_permission"]
    found = {"add": add.status_code == 200, "change": save, "delete": delete.status_code == 200}
    return {what for what, allowed in found.items() if allowed}


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_records_are_read_only_for_everybody(
    rows: Rows, cadre: Cadre, superuser: Client, auditor: Client, name: str
) -> None:
    for client in (superuser, auditor, cadre("430212000000")):
        assert offered(client, named(rows, name)) == set()


def test_the_book_and_the_inbox_take_no_new_rows(superuser: Client) -> None:
    for name in ("ledger_account", "ledger_transfer", "ledger_journal", "payments_webhookevent"):
        assert superuser.get(reverse(f"admin:{name}_changelist")).status_code == 200
        assert superuser.get(reverse(f"admin:{name}_add")).status_code == 403


def test_posting_to_a_record_changes_nothing(rows: Rows, superuser: Client) -> None:
    total = named(rows, "householdtotal")
    assert superuser.post(address(total, "change"), {"credited_fen": 999}).status_code == 403
    assert HouseholdTotal.objects.get(pk=total.pk).credited_fen == 0


def test_an_auditor_sees_everything_and_changes_nothing(rows: Rows, auditor: Client) -> None:
    for mark in VILLAGES:
        for row in rows[mark]:
            assert auditor.get(address(row, "change")).status_code == 200, row
    for row in rows["甲"]:
        assert offered(auditor, row) == set(), row


def test_a_cadre_keeps_the_registers_and_nothing_else(rows: Rows, cadre: Cadre) -> None:
    client = cadre("430212101001")
    for row in rows["甲"]:
        may = {"add", "change"} if row._meta.model_name in KEPT else set()
        if row._meta.model_name in ("payoutbatch", "declaredrelation"):
            may = {"add"}  # what was prepared or declared stays
        assert offered(client, row) - {"delete"} == may, row
        assert client.get(address(row, "changelist")).status_code == 200


def test_a_cadre_deletes_no_household_by_any_way(rows: Rows, cadre: Cadre) -> None:
    client, household = cadre("430212101001"), named(rows, "household")
    delete = address(household, "change").replace("change", "delete")
    assert client.post(delete, {"post": "yes"}).status_code == 403
    client.post(
        address(household, "changelist"),
        {"action": "delete_selected", "_selected_action": household.pk, "post": "yes"},
    )
    assert Household.objects.filter(pk=household.pk).exists()


def test_a_superuser_changes_people_and_regions(rows: Rows, superuser: Client) -> None:
    for name in ("accounts_user", "regions_region", "streams_host"):
        assert superuser.get(reverse(f"admin:{name}_add")).status_code == 200


def test_every_list_takes_few_queries_however_long_it_is(
    rows: Rows, superuser: Client, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for model in admin.site._registry:
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
            assert superuser.get(url).status_code == 200
