"""The pages that import registers: look, confirm, and who may."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from lukou_market.accounts.models import Role, User
from lukou_market.households.models import Household, HouseholdMember
from lukou_market.kernel.history import changes_of
from lukou_market.registers.kinds import KINDS
from lukou_market.registers.models import ImportRun
from tests.cadre.conftest import signed_in
from tests.factories import make_staff, make_village
from tests.registers.sheets import HEAD, SPOUSE, carry_out, everything, workbook

GOOD = workbook("households", HEAD, SPOUSE)
PAGE = "cadre:imports"


@pytest.fixture
def cadre(db: None) -> Client:
    return signed_in(make_staff("书记", role=Role.CADRE, region=make_village()))


def look(client: Client, content: bytes, kind: str = "households") -> Any:
    file = SimpleUploadedFile("农户.xlsx", content)
    url = reverse("cadre:import-check", args=[kind])
    return client.post(url, {"file": file}, follow=True)


def confirm(client: Client, seen: Any, **given: str) -> str:
    context = seen.context
    fields = {
        "sha256": context["checked"].sha256,
        "digest": context["plan"].digest,
        "file_name": "农户.xlsx",
    }
    url = reverse("cadre:import-apply", args=["households"])
    return client.post(url, fields | given, follow=True).content.decode()


def test_cadre_looks_confirms_and_finds_it_among_past_imports(cadre: Client) -> None:
    seen = look(cadre, GOOD)
    assert "王**" in seen.content.decode()
    assert "430212197001011234" not in seen.content.decode()
    assert not Household.objects.exists()
    page = confirm(cadre, seen)
    assert "导入完成：新增 3 项" in page
    assert "农户.xlsx" in page
    run = ImportRun.objects.get()
    assert run.imported_by.username == "书记"
    [added] = changes_of(Household, Household.objects.get().pk)
    assert (added.who, added.where) == ("书记", "/admin/imports/households/apply/")


def test_looking_writes_nothing(cadre: Client) -> None:
    cadre.get(reverse(PAGE))
    before = everything()
    look(cadre, GOOD)
    assert everything() == before


def test_same_file_again_offers_nothing_to_confirm(cadre: Client) -> None:
    confirm(cadre, look(cadre, GOOD))
    seen = look(cadre, GOOD)
    assert "台账内容与文件一致" in seen.content.decode()
    assert "确认并全部写入" not in seen.content.decode()
    assert ImportRun.objects.count() == 1


def test_other_file_than_the_one_looked_at_is_not_written(cadre: Client) -> None:
    seen = look(cadre, GOOD)
    assert "请重新选择文件" in confirm(cadre, seen, sha256="0" * 64)
    assert "请重新核对" in confirm(cadre, seen, digest="0" * 64)
    assert not Household.objects.exists()


def test_nobody_confirms_what_another_has_looked_at(cadre: Client) -> None:
    seen = look(cadre, GOOD)
    other = signed_in(make_staff("镇长", role=Role.CADRE, region=make_village()))
    assert "请重新选择文件" in confirm(other, seen)
    assert not Household.objects.exists()


def test_errors_are_shown_by_cell(cadre: Client) -> None:
    page = look(cadre, workbook("households", HEAD | {"健康状况": "很好"})).content.decode()
    assert "只能填：健康、长期慢性病" in page
    assert "确认并全部写入" not in page


@pytest.mark.parametrize("content", [b"", b"no workbook", b"0" * 6_000_000])
def test_file_that_is_no_workbook_is_answered_with_a_sentence(
    cadre: Client, content: bytes
) -> None:
    page = look(cadre, content)
    assert page.status_code == 200
    assert page.redirect_chain


def test_no_file_is_answered_with_a_sentence(cadre: Client) -> None:
    url = reverse("cadre:import-check", args=["households"])
    assert "请先选择文件" in cadre.post(url, follow=True).content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_template_is_handed_out(cadre: Client, kind: str) -> None:
    response = cadre.get(reverse("cadre:import-template", args=[kind]))
    assert response.content[:2] == b"PK"


def test_unknown_kind_is_not_found(cadre: Client) -> None:
    assert cadre.get(reverse("cadre:import-template", args=["users"])).status_code == 404
    assert look(cadre, GOOD, "users").status_code == 404


def test_who_keeps_no_register_imports_nothing(db: None) -> None:
    auditor = signed_in(make_staff("审计", role=Role.AUDITOR))
    assert auditor.get(reverse(PAGE)).status_code == 403
    assert look(auditor, GOOD).status_code == 403
    nobody = signed_in(make_staff("无"))
    assert nobody.get(reverse(PAGE)).status_code in (302, 403)


def test_past_imports_are_those_of_the_region(cadre: Client) -> None:
    confirm(cadre, look(cadre, GOOD))
    elsewhere = make_village("430212102001")
    there = signed_in(make_staff("外村", role=Role.CADRE, region=elsewhere))
    assert "农户.xlsx" not in there.get(reverse(PAGE)).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_people_import_the_same_file_at_once() -> None:
    make_village()
    clerks = [make_staff("甲"), make_staff("乙")]
    start = Barrier(2)

    def run(clerk: User) -> ImportRun | None:
        try:
            start.wait()
            return carry_out("households", GOOD, clerk)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(run, clerks))
    assert sorted(run is None for run in runs) == [False, True]
    assert (ImportRun.objects.count(), Household.objects.count()) == (1, 1)
    assert HouseholdMember.objects.count() == 2
