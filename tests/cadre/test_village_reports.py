"""Villages' reports at the desk: who sees which, and each step with a fresh code."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lukou_market.access_log.models import AccessRecord
from lukou_market.accounts.models import User
from lukou_market.village_reports.models import ReportStep, VillageReport
from lukou_market.village_reports.set_deputy import set_deputy
from tests.aid.months import IN_JULY, JUNE, Books
from tests.cadre.conftest import signed_in
from tests.factories import make_region
from tests.support_second_factor import code_for, enrol
from tests.village_reports.conftest import books, cadres
from tests.village_reports.people import TOWN, VILLAGE, Cadres, cadre

__all__ = ["books", "cadres"]
pytestmark = pytest.mark.django_db
MONTH = "2026-06"


def address(name: str, village: str = VILLAGE) -> str:
    return reverse(f"cadre:village-report{name}", args=[village, JUNE])


def shown(user: User, version: str = "") -> str:
    page = signed_in(user).get(address(""), {"version": version} if version else {})
    return page.content.decode()


def listed(user: User, **asked: str) -> str:
    page = signed_in(user).get(reverse("cadre:village-reports"), {"month": MONTH, **asked})
    assert page.status_code == 200
    return page.content.decode()


def sign(user: User, step: str, **changed: str) -> None:
    enrol(user)
    report = VillageReport.objects.order_by("version").last()
    assert report is not None
    given = {"sha256": report.sha256, "checked": "on", "code": code_for(user)}
    assert signed_in(user).post(address(f"-{step}"), given | changed).status_code == 302


def prepare(user: User, remark: str = "") -> None:
    signed_in(user).post(address("-prepare"), {"remark": remark})


def send_back(user: User, reason: str = "请说明退货") -> None:
    report = VillageReport.objects.latest("version")
    signed_in(user).post(address("-return"), {"sha256": report.sha256, "reason": reason})


def states() -> list[str]:
    return list(VillageReport.objects.order_by("version").values_list("status", flat=True))


def test_a_report_goes_its_whole_way_by_the_pages(cadres: Cadres) -> None:
    assert "编制报告" in shown(cadres.village)
    prepare(cadres.village)
    assert "退回村里" in shown(cadres.town)
    send_back(cadres.town)
    assert "请说明退货" in shown(cadres.village)
    prepare(cadres.village, "两箱退货")
    sign(cadres.town, "reviewed")
    assert "区里尚未签发本月账目" in shown(cadres.district)
    cadres.close()
    sign(cadres.district, "approved")
    sign(cadres.district2, "published")
    assert states() == ["returned", "published"]
    assert reverse("storefront:village-report", args=[VILLAGE, JUNE]) in shown(cadres.village)
    subjects = AccessRecord.objects.filter(action="signed").values_list("subject", flat=True)
    assert [subject.rsplit(" ", 1)[1] for subject in subjects.order_by("id")] == [
        "reviewed", "approved", "published",
    ]  # fmt: skip


@pytest.mark.parametrize("step", ["reviewed", "approved", "published"])
@pytest.mark.parametrize("changed", [{"code": ""}, {"code": "000000"}, {"sha256": "0" * 64}])
def test_a_wrong_code_or_another_version_signs_nothing(
    cadres: Cadres, step: str, changed: dict[str, str]
) -> None:
    report = cadres.prepare()
    signer = cadres.town
    if step != "reviewed":
        cadres.review(report)
        cadres.close()
        signer = cadres.district
    if step == "published":
        cadres.approve(report)
    before = states(), ReportStep.objects.count()
    sign(signer, step, **changed)
    assert (states(), ReportStep.objects.count()) == before
    assert not AccessRecord.objects.filter(action="signed").exists()


def test_who_has_no_second_factor_signs_nothing(cadres: Cadres) -> None:
    report = cadres.prepare()
    form = {"sha256": report.sha256, "checked": "on", "code": "123456"}
    signed_in(cadres.town).post(address("-reviewed"), form)
    assert states() == ["prepared"]


def test_what_is_not_confirmed_as_checked_is_not_signed(cadres: Cadres) -> None:
    report = cadres.prepare()
    enrol(cadres.town)
    form = {"sha256": report.sha256, "code": code_for(cadres.town)}
    signed_in(cadres.town).post(address("-reviewed"), form)
    assert states() == ["prepared"]


def test_a_return_without_a_reason_is_refused_with_a_sentence(cadres: Cadres) -> None:
    report = cadres.prepare()
    client = signed_in(cadres.town)
    answer = client.post(address("-return"), {"sha256": report.sha256}, follow=True)
    assert "请写明退回原因" in answer.content.decode()
    assert states() == ["prepared"]


@pytest.mark.parametrize("name", ["", "-lines", "-prepare", "-return", "-reviewed", "-approved"])
def test_a_village_outside_is_not_there(cadres: Cadres, name: str) -> None:
    cadres.prepare()
    for user in (cadre("next", "430212101002"), cadre("far", "430212102000")):
        client, there = signed_in(user), address(name)
        answer = client.get(there) if name in ("", "-lines") else client.post(there)
        assert answer.status_code == 404
        assert "甜瓜" not in listed(user)
        assert make_region(VILLAGE).name not in listed(user, all="on")
    assert states() == ["prepared"]


@pytest.mark.parametrize("village", ["430212101000", "430212101999", "x"])
def test_what_is_no_village_has_no_report(cadres: Cadres, village: str) -> None:
    assert signed_in(cadres.district).get(address("", village)).status_code == 404


@pytest.mark.parametrize("asked", ["2020-01", "2026-13", "x", "2099-01"])
def test_a_month_the_book_does_not_have_is_refused(cadres: Cadres, asked: str) -> None:
    client = signed_in(cadres.village)
    assert client.get(reverse("cadre:village-reports"), {"month": asked}).status_code == 400
    assert (
        client.get(reverse("cadre:village-report", args=[VILLAGE, date(2020, 1, 1)])).status_code
        == 404
    )


def test_auditors_and_superusers_look_and_sign_nothing(
    cadres: Cadres, auditor: Client, superuser: Client
) -> None:
    cadres.prepare()
    for client in (auditor, superuser):
        text = client.get(address("")).content.decode()
        assert "10.00" in text
        assert "退回村里" not in text
        assert 'name="code"' not in text
        client.post(
            address("-return"), {"sha256": VillageReport.objects.get().sha256, "reason": "x"}
        )
    assert states() == ["prepared"]


def test_the_list_says_what_waits_for_whom(cadres: Cadres) -> None:
    assert "未编制" in listed(cadres.district)
    assert "待您办理" not in listed(cadres.district)
    cadres.prepare()
    assert "待您办理" in listed(cadres.town)
    assert "待镇里审核" in listed(cadres.village)
    assert "没有符合条件的村" in listed(cadres.village, state="mine")
    assert make_region(VILLAGE).name in listed(cadres.town, state="mine")
    assert "没有符合条件的村" in listed(cadres.district, state="published")


def test_what_differs_from_the_version_before_is_marked(books: Books, cadres: Cadres) -> None:
    cadres.send_back(cadres.prepare(remark="旧说明"))
    books.sale()
    cadres.prepare(remark="新说明")
    text = shown(cadres.town)
    assert text.count('class="report-changed"') == 2
    for words in ("<del", "旧说明", "新说明", "20.00"):
        assert words in text
    assert "report-changed" not in shown(cadres.town, version="1")


def test_a_deputy_sees_and_signs_what_the_principal_does(cadres: Cadres) -> None:
    cadres.prepare()
    deputy = cadre("deputy", "430212102000")
    assert signed_in(deputy).get(address("")).status_code == 404
    set_deputy(
        principal=cadres.town,
        region=make_region(TOWN),
        deputy=deputy,
        first_day=date(2026, 7, 1),
        last_day=date(2099, 7, 1),
        set_by=cadres.town,
        now=IN_JULY,
    )
    assert "您正代town办理" in shown(deputy)
    sign(deputy, "reviewed")
    assert states() == ["reviewed"]
    assert "deputy 代town" in shown(cadres.village)


def test_the_signed_lines_are_downloaded_and_that_is_recorded(cadres: Cadres) -> None:
    cadres.send_back(cadres.prepare())
    cadres.prepare()
    client = signed_in(cadres.village)
    answer = client.get(address("-lines"), {"version": "1"})
    assert b'"version":1' in answer.content
    record = AccessRecord.objects.get(action="exported")
    assert record.subject == f"village report {VILLAGE} 2026-06 v1"
    assert client.get(address("-lines"), {"version": "9"}).status_code == 404


def test_pages_cost_the_same_however_many_villages_there_are(
    cadres: Cadres, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    cadres.review(cadres.prepare())
    for n in range(2, 60):
        make_region(f"430212101{n:03d}")
    client = signed_in(cadres.district)
    with django_assert_max_num_queries(30):
        client.get(reverse("cadre:village-reports"), {"month": MONTH, "all": "on"})
    with django_assert_max_num_queries(30):
        client.get(address(""))
