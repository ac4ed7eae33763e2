"""Who may enter the admin."""

import pytest
from django.test import Client
from django.urls import reverse

from lukou_market.accounts.models import Role
from tests.cadre.conftest import signed_in
from tests.factories import make_region, make_staff, make_user

PAGES = [reverse("admin:index"), reverse("cadre:aid-sales"), reverse("cadre:aid-sales-export")]


@pytest.mark.parametrize("page", PAGES)
def test_buyers_hosts_packers_and_strangers_do_not_enter(db: None, page: str) -> None:
    make_region("430212101001")
    host, packer = make_staff("host", role=Role.HOST), make_user("打包")
    packer.grants.create(role=Role.PACKER, region=make_region("430212101001"))
    for client in (Client(), *map(signed_in, (make_user(), host, packer))):
        response = client.get(page)
        assert response.status_code == 302
        assert "/admin/login/" in response["Location"]


def test_a_cadre_who_is_not_staff_does_not_enter(db: None) -> None:
    user = make_user("干部")
    user.grants.create(role=Role.CADRE, region=make_region("430212101001"))
    assert signed_in(user).get(reverse("admin:index")).status_code == 302


def test_a_packing_table_opens_no_registers(db: None) -> None:
    staff = make_staff("both", role=Role.CADRE, region=make_region("430212101001"))
    staff.grants.create(role=Role.PACKER, region=make_region("430212102001"))
    client = signed_in(staff)
    here, there = "?region=430212101001", "?region=430212102001"
    assert client.get(PAGES[1] + here).status_code == 200
    assert client.get(PAGES[1] + there).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_a_name_and_a_password_are_not_enough(db: None, page: str) -> None:
    make_staff("village", role=Role.CADRE, region=make_region("430212101001"))
    client = Client()
    client.post(reverse("admin:login"), {"username": "village", "password": "secret"})
    assert client.get(page).status_code == 302


def test_signing_in_without_a_destination_leads_to_the_first_page(db: None) -> None:
    response = Client().get(reverse("admin:login"))
    assert response["Location"] == f"{reverse('admin:login')}?next=%2Fadmin%2F"


def test_the_sidebar_leads_with_the_report_and_hides_what_is_closed(db: None) -> None:
    cadre = make_staff("village", role=Role.CADRE, region=make_region("430212101001"))
    page = signed_in(cadre).get(reverse("admin:index"))
    groups = page.context["sidebar_navigation"]
    assert groups[0]["items"][0]["link"] == reverse("cadre:aid-sales")
    links = {item["link"] for group in groups for item in group["items"]}
    assert reverse("admin:households_household_changelist") in links
    assert reverse("admin:accounts_user_changelist") not in links
    assert reverse("admin:payments_webhookevent_changelist") not in links
