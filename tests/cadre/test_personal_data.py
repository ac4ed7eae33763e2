"""Names, ID numbers and phones are masked on every page, and kept findable when changed."""

from collections.abc import Callable

from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from lukou_market.accounts.models import User
from lukou_market.households.models import HouseholdMember
from lukou_market.kernel.encryption import digest
from tests.cadre.conftest import VILLAGES
from tests.cadre.furnish import account_numbers, id_numbers, phones
from tests.cadre.test_scope import address

Rows = dict[str, list[Model]]
NEW_ID = "43021219800202123X"


def every_page(client: Client, rows: Rows) -> list[str]:
    lists = [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in admin.site._registry
    ]
    details = [address(row, "change") for found in rows.values() for row in found]
    histories = [page.replace("change", "history") for page in details]
    users = [reverse("admin:accounts_user_change", args=[user.pk]) for user in User.objects.all()]
    report = [reverse("cadre:aid-sales") + f"?region={code}" for code in VILLAGES.values()]
    return [reverse("admin:index"), *lists, *details, *histories, *users, *report]


def test_no_page_shows_a_full_name_id_number_or_phone(rows: Rows, superuser: Client) -> None:
    private = [
        *id_numbers(),
        *phones(),
        *account_numbers(),
        "甲大山",
        "13812345678",
        "王小明",
        "黄河北路",
    ]
    pages = every_page(superuser, rows)
    assert len(pages) > 150
    for page in pages:
        response = superuser.get(page)
        assert response.status_code == 200, page
        shown = response.content.decode()
        assert not [secret for secret in private if secret in shown], page


def test_a_replaced_id_number_is_found_by_its_digest(
    rows: Rows, cadre: Callable[[str], Client]
) -> None:
    member = HouseholdMember.objects.get(household__number="H甲")
    form = {
        "household": member.household_id, "relation": "head", "health": "healthy",
        "labour": "ordinary", "months_worked": 3,
    }  # fmt: skip
    client = cadre("430212101001")
    assert client.post(address(member, "change"), form).status_code == 302
    kept = HouseholdMember.objects.get(pk=member.pk)
    assert (kept.id_number, kept.name, kept.months_worked) == (member.id_number, "甲大山", 3)
    client.post(address(member, "change"), form | {"new_id_number": NEW_ID, "new_name": "甲小明"})
    changed = HouseholdMember.objects.get(id_digest=digest(NEW_ID))
    assert (changed.pk, changed.id_number, changed.name) == (member.pk, NEW_ID, "甲小明")


def test_an_id_number_is_registered_once(rows: Rows, superuser: Client) -> None:
    member, other = HouseholdMember.objects.all()[:2]
    response = superuser.post(address(member, "change"), {"new_id_number": other.id_number})
    assert "new_id_number" in response.context["adminform"].form.errors
    member.refresh_from_db()
    assert member.id_digest == digest(member.id_number)


def test_a_new_member_has_a_name_and_an_id_number(rows: Rows, superuser: Client) -> None:
    member = HouseholdMember.objects.get(household__number="H甲")
    add = reverse("admin:households_householdmember_add")
    form = {
        "household": member.household_id, "relation": "child", "health": "healthy",
        "labour": "none", "months_worked": 0,
    }  # fmt: skip
    errors = superuser.post(add, form).context["adminform"].form.errors
    assert set(errors) == {"new_name", "new_id_number"}
    superuser.post(add, form | {"new_name": "甲小宝", "new_id_number": NEW_ID})
    assert HouseholdMember.objects.get(id_digest=digest(NEW_ID)).name == "甲小宝"


def test_a_new_phone_is_found_by_its_digest(db: None, superuser: Client) -> None:
    user = User.objects.for_phone("13900001111")
    form = {"display_name": "新名", "new_phone": "13900002222", "is_active": "on",
            "grants-TOTAL_FORMS": 0, "grants-INITIAL_FORMS": 0}  # fmt: skip
    assert superuser.post(address(user, "change"), form).status_code == 302
    found = User.objects.get(phone_digest=digest("13900002222"))
    assert (found.pk, found.phone, found.username) == (user.pk, "13900002222", None)
