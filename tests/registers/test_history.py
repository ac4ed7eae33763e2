"""Every real change of a register is kept: by whom, when, old and new; nobody rewrites it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import InternalError, connection, transaction
from django.db.utils import IntegrityError, ProgrammingError
from django.test import Client
from django.urls import reverse

from lukou_market.access_log.models import AccessRecord
from lukou_market.accounts.models import Role, RoleGrant, User
from lukou_market.households.models import AidProject, Farmer, Household, HouseholdMember, Producer
from lukou_market.kernel.app_rights import rights
from lukou_market.kernel.history import Asked, changes_of, event_models, find_changes
from lukou_market.payouts.models import BankAccount
from tests.cadre.conftest import signed_in
from tests.cadre.furnish import furnish
from tests.factories import make_household, make_producer, make_staff, make_user, make_village

VILLAGE = "430212101001"


@pytest.fixture
def household(db: None) -> Household:
    return make_household("H-1", make_village(VILLAGE))


@pytest.fixture
def cadre(db: None) -> Client:
    return signed_in(make_staff("书记", role=Role.CADRE, region=make_village(VILLAGE)))


@pytest.fixture
def auditor(db: None) -> Client:
    return signed_in(make_staff("审计", role=Role.AUDITOR))


def test_update_is_told_with_old_and_new(household: Household) -> None:
    household.main_cause = "labour"
    household.save()
    changed, added = changes_of(Household, household.pk)
    assert [(f.old, f.new) for f in changed.fields] == [("因病", "缺劳力")]
    assert (changed.what, added.what) == ("有变化", "新增")
    assert changed.who == ""


def test_save_that_changes_nothing_leaves_no_trace(household: Household) -> None:
    member = household.members.get()
    before = count_of(HouseholdMember), count_of(Household)
    member.refresh_from_db()
    member.save()
    household.save()
    Household.objects.update(able_and_willing=True)
    assert (count_of(HouseholdMember), count_of(Household)) == before


def count_of(model: type) -> int:
    return event_models()[model]._base_manager.count()


def test_personal_data_is_encrypted_in_the_events_and_masked_when_told(
    household: Household,
) -> None:
    member = household.members.get()
    member.name, member.id_number = "李小山", "430212197001019999"
    member.save()
    with connection.cursor() as cursor:
        table = event_models()[HouseholdMember]._meta.db_table
        cursor.execute(f"SELECT string_agg({table}::text, ' ') FROM {table}")
        stored = cursor.fetchall()[0][0]
    assert "李" not in stored
    assert "430212197001019999" not in stored
    changed = changes_of(HouseholdMember, member.pk)[0]
    assert {(f.name, f.new) for f in changed.fields} == {
        ("姓名", "李**"),
        ("证件号码", "430212***********9"),
    }


def test_change_on_a_page_names_the_person_and_the_page(
    household: Household, cadre: Client
) -> None:
    page = reverse("admin:households_household_change", args=[household.pk])
    fields = {
        "number": "H-1",
        "village": VILLAGE,
        "category": "allowance",
        "main_cause": "illness",
        "able_and_willing": "on",
        "members-TOTAL_FORMS": "0",
        "members-INITIAL_FORMS": "0",
    }
    assert cadre.post(page, fields).status_code == 302
    changed = changes_of(Household, household.pk)[0]
    assert (changed.who, changed.where) == ("书记", page)
    shown = cadre.get(reverse("admin:households_household_history", args=[household.pk]))
    assert "书记" in shown.content.decode()
    assert "低保户" in shown.content.decode()


def test_history_of_another_region_is_not_shown(cadre: Client) -> None:
    elsewhere = make_household("H-2", make_village("430212102001"))
    page = cadre.get(reverse("admin:households_household_history", args=[elsewhere.pk]))
    assert page.status_code in (302, 404)
    assert "H-2" not in page.content.decode()


@pytest.mark.parametrize("sql", ["UPDATE {} SET pgh_label = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_events_are_never_rewritten(household: Household, sql: str) -> None:
    for event in event_models().values():
        table = event._meta.db_table
        if not event._base_manager.exists() and "TRUNCATE" not in sql:
            continue
        with (
            pytest.raises((IntegrityError, InternalError, ProgrammingError)),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql.format(table))


def test_application_has_no_right_to_rewrite_them(db: None) -> None:
    for event in event_models().values():
        assert rights(event._meta.db_table) == ["SELECT", "INSERT"]


def test_everything_of_a_village_is_kept(db: None) -> None:
    furnish(VILLAGE, "甲")
    AidProject.objects.get().producers.add(Producer.objects.earliest("pk"))
    kept = {model for model in event_models() if count_of(model)}
    assert {Household, HouseholdMember, Farmer, Producer, AidProject, BankAccount} <= kept
    assert {AidProject.households.through, AidProject.producers.through} <= kept


def test_roles_are_kept_and_buyers_are_not(db: None) -> None:
    make_user()
    assert count_of(User) == 0
    staff = make_staff("新人", role=Role.AUDITOR)
    assert (count_of(User), count_of(RoleGrant)) == (1, 1)
    staff.grants.all().delete()
    assert find_changes(Asked(model="accounts.rolegrant"), limit=5)[0].what == "删除"


def test_many_rows_are_kept_by_one_statement(household: Household) -> None:
    Producer.objects.bulk_create(
        Producer(name=f"基地{n}", kind="base", village_id=VILLAGE) for n in range(50)
    )
    assert count_of(Producer) == 50
    Producer.objects.filter(name__endswith="7").update(kind="enterprise")
    assert count_of(Producer) == 55


def test_auditor_searches_by_register_person_and_day(
    household: Household, cadre: Client, auditor: Client
) -> None:
    make_producer("浦湾合作社")
    page = auditor.get(reverse("cadre:changes"))
    assert "浦湾合作社" in page.content.decode()
    only = auditor.get(reverse("cadre:changes"), {"model": "households.household"})
    assert "浦湾合作社" not in only.content.decode()
    assert "H-1" in only.content.decode()
    assert "H-1" not in auditor.get(reverse("cadre:changes"), {"to": "2020-01-01"}).content.decode()
    nobody = auditor.get(reverse("cadre:changes"), {"who": "999999"})
    assert "H-1" not in nobody.content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        {"model": "x"},
        {"who": "x"},
        {"who": "9" * 40},
        {"from": "x"},
        {"to": "9999-12-31"},
        {"after": "x"},
        {"after": "2026-01-01~x~1"},
    ],
)
def test_what_can_not_be_read_is_a_bad_request(auditor: Client, asked: dict[str, str]) -> None:
    assert auditor.get(reverse("cadre:changes"), asked).status_code == 400


def test_list_of_changes_is_for_auditors_only(cadre: Client) -> None:
    assert cadre.get(reverse("cadre:changes")).status_code == 404
    assert cadre.get(reverse("cadre:changes-export")).status_code == 404
    assert not AccessRecord.objects.filter(action="exported").exists()


def test_export_is_recorded(household: Household, auditor: Client) -> None:
    make_producer("=HYPERLINK(1)")
    text = auditor.get(reverse("cadre:changes-export")).content.decode("utf-8-sig")
    assert "H-1" in text
    assert ",'=HYPERLINK(1)," in text
    record = AccessRecord.objects.get(action="exported")
    assert record.actor and record.actor.username == "审计"


def test_page_of_changes_takes_few_queries(
    db: None, auditor: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for mark, code in (("甲", VILLAGE), ("乙", "430212101002")):
        furnish(code, mark)
    with django_assert_max_num_queries(30):
        auditor.get(reverse("cadre:changes"))


def test_pages_show_every_change_of_a_bulk_once(household: Household, auditor: Client) -> None:
    Producer.objects.bulk_create(
        Producer(name=f"基地{n:03d}", kind="base", village_id=VILLAGE) for n in range(120)
    )
    seen, address = list[str](), {"model": "households.producer"}
    for _page in range(3):
        page = auditor.get(reverse("cadre:changes"), address)
        seen += [change.name for change in page.context["changes"]]
        address = address | {"after": page.context["older"]}
    assert sorted(seen) == [f"基地{n:03d}" for n in range(120)]
    assert page.context["older"] == ""
