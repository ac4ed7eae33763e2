"""A village prepares, its town reviews, the district approves; who may not, does not."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from lukou_market.accounts.models import Role, RoleGrant, User
from lukou_market.aid.errors import MonthNotOver
from lukou_market.aid.period_rows import rows_of
from lukou_market.kernel.errors import DomainError
from lukou_market.regions.desk import desk_of_user
from lukou_market.village_reports.content import content_of, export_report
from lukou_market.village_reports.errors import (
    AlreadyPrepared,
    DeputyRefused,
    FiguresDiffer,
    FiguresMoved,
    MonthNotClosed,
    NotYourLevel,
    OtherReport,
    PreparerNeverReviews,
    ReturnReasonMissing,
    ReviewerNeverApproves,
    StepNotDue,
)
from lukou_market.village_reports.models import Deputy, ReportStep, VillageReport
from lukou_market.village_reports.prepare_report import prepare_report
from lukou_market.village_reports.queries import (
    not_reviewed,
    published_report,
    report_rows,
    waiting_for,
)
from lukou_market.village_reports.review_report import review_report
from lukou_market.village_reports.set_deputy import set_deputy, withdraw_deputy
from tests.aid.months import IN_AUGUST, IN_JULY, JUNE, Books
from tests.factories import make_household, make_region, make_staff
from tests.village_reports.people import DISTRICT, TOWN, VILLAGE, Cadres, cadre

pytestmark = pytest.mark.django_db


def states() -> list[tuple[int, str]]:
    return list(VillageReport.objects.order_by("version").values_list("version", "status"))


def steps() -> list[tuple[str, str | None]]:
    return list(ReportStep.objects.order_by("id").values_list("action", "by__username"))


def refusal(error: type[DomainError], act: Callable[[], object]) -> None:
    """The act is refused and leaves every report and every step as it was."""
    before = states(), steps()
    with pytest.raises(error):
        act()
    assert (states(), steps()) == before


def test_a_report_goes_from_the_village_to_the_town_to_the_district(cadres: Cadres) -> None:
    report = cadres.prepare(remark="雨天少发一车")
    cadres.review(report)
    cadres.close()
    cadres.approve(report)
    assert states() == [(1, "approved")]
    assert steps() == [("prepared", "village"), ("reviewed", "town"), ("approved", "district")]
    assert published_report(cadres.place, JUNE) == report


def test_the_report_says_what_the_book_says_of_the_village(books: Books, cadres: Cadres) -> None:
    make_household()
    report = cadres.prepare(remark="雨天少发一车")
    content = content_of(report)
    assert content.rows == report_rows(report)
    assert content.rows == [r for r in rows_of(JUNE) if r.get("village") == VILLAGE]
    assert (content.total["gross_fen"], content.total["credited_fen"]) == (1000, 300)
    assert (content.registered, content.covered, content.remark) == (2, 0, "雨天少发一车")
    assert content.heads == {books.household.number: "李**"}
    assert list(content.producers.values()) == [books.producer.name]


def test_a_villages_rows_are_those_of_the_month_that_name_it(books: Books, cadres: Cadres) -> None:
    books.household.village = make_region("430212101002")
    books.household.save()
    one, other = rows_of(JUNE, VILLAGE), rows_of(JUNE, "430212101002")
    assert ([row["kind"] for row in one], [row["kind"] for row in other]) == (
        ["producer"],
        ["household"],
    )
    assert [*one, *other] == [row for row in rows_of(JUNE) if "village" in row]


def test_the_file_is_written_like_a_periods(cadres: Cadres) -> None:
    report = cadres.prepare()
    *lines, end = map(json.loads, export_report(report).splitlines())
    assert end == {"kind": "end", "sha256": report.sha256}
    assert [line["kind"] for line in lines] == [
        "header", "producer", "household", "people", "names", "remark", "total",
    ]  # fmt: skip
    assert (lines[0]["village"], lines[0]["month"], lines[0]["version"]) == (VILLAGE, "2026-06", 1)


def test_no_full_name_and_no_id_number_is_in_the_file(books: Books, cadres: Cadres) -> None:
    text = export_report(cadres.prepare()).decode()
    member = books.household.members.get()
    assert member.name not in text
    assert member.id_number not in text


def test_what_is_returned_is_prepared_anew_and_its_history_stays(cadres: Cadres) -> None:
    first = cadres.prepare()
    cadres.send_back(first, reason="请说明退货")
    second = cadres.prepare(remark="两箱退货")
    assert states() == [(1, "returned"), (2, "prepared")]
    assert ReportStep.objects.get(action="returned").reason == "请说明退货"
    assert content_of(second).header["previous_sha256"] == first.sha256
    refusal(StepNotDue, lambda: cadres.review(first))
    cadres.review(second)
    cadres.send_back(second, by=cadres.district)
    assert states() == [(1, "returned"), (2, "returned")]


def test_a_report_is_prepared_once_the_month_is_over(cadres: Cadres) -> None:
    cadres.now = datetime(2026, 6, 30, 15, 59, 59, tzinfo=UTC)
    refusal(MonthNotOver, cadres.prepare)


def test_a_report_that_is_on_its_way_is_not_prepared_again(cadres: Cadres) -> None:
    cadres.prepare()
    refusal(AlreadyPrepared, cadres.prepare)


def test_a_return_says_why(cadres: Cadres) -> None:
    report = cadres.prepare()
    refusal(ReturnReasonMissing, lambda: cadres.send_back(report, reason=" "))


def test_another_version_than_the_one_seen_is_not_signed(cadres: Cadres) -> None:
    report = cadres.prepare()
    refusal(
        OtherReport,
        lambda: review_report(report_id=report.pk, sha256="0" * 64, by=cadres.town, now=IN_JULY),
    )


def test_the_book_must_not_have_moved_when_the_town_reviews(books: Books, cadres: Cadres) -> None:
    report = cadres.prepare()
    books.sale()
    refusal(FiguresMoved, lambda: cadres.review(report))
    cadres.send_back(report)
    again = cadres.prepare()
    cadres.review(again)
    assert content_of(again).total["gross_fen"] == 2000


def test_the_district_approves_what_the_signed_month_says(books: Books, cadres: Cadres) -> None:
    report = cadres.review(cadres.prepare())
    refusal(MonthNotClosed, lambda: cadres.approve(report))
    books.sale()
    cadres.close()
    refusal(FiguresDiffer, lambda: cadres.approve(report))


@pytest.mark.parametrize("who", ["village", "town", "district"])
def test_each_level_takes_its_own_step_only(cadres: Cadres, who: str) -> None:
    person: User = getattr(cadres, who)
    if who != "village":
        refusal(NotYourLevel, lambda: cadres.prepare(by=person))
    report = cadres.prepare()
    if who != "town":
        refusal(NotYourLevel, lambda: cadres.review(report, by=person))
    cadres.review(report)
    cadres.close()
    if who != "district":
        refusal(NotYourLevel, lambda: cadres.approve(report, by=person))
    if who == "village":
        refusal(NotYourLevel, lambda: cadres.send_back(report, by=person))


def test_a_neighbouring_town_and_village_sign_nothing(cadres: Cadres) -> None:
    refusal(NotYourLevel, lambda: cadres.prepare(by=cadre("next", "430212101002")))
    report = cadres.prepare()
    refusal(NotYourLevel, lambda: cadres.review(report, by=cadre("other", "430212102000")))


@pytest.mark.parametrize("kind", ["superuser", "auditor", "dismissed"])
def test_superusers_auditors_and_the_dismissed_sign_nothing(cadres: Cadres, kind: str) -> None:
    person = cadre("person", TOWN)
    if kind == "auditor":
        RoleGrant.objects.create(user=person, role=Role.AUDITOR)
    User.objects.filter(pk=person.pk).update(
        is_superuser=kind == "superuser", is_active=kind != "dismissed"
    )
    person.refresh_from_db()
    report = cadres.prepare()
    refusal(NotYourLevel, lambda: cadres.review(report, by=person))
    assert waiting_for(desk_of_user(person), person, now=IN_JULY) == []


def grant(person: User, *codes: str) -> User:
    for code in codes:
        RoleGrant.objects.create(user=person, role=Role.CADRE, region=make_region(code))
    return person


def test_who_holds_every_level_still_signs_one_of_them_only(cadres: Cadres) -> None:
    everywhere = grant(cadre("everywhere", VILLAGE), TOWN, DISTRICT)
    report = cadres.prepare(by=everywhere)
    refusal(PreparerNeverReviews, lambda: cadres.review(report, by=everywhere))
    cadres.review(report)
    cadres.close()
    refusal(PreparerNeverReviews, lambda: cadres.approve(report, by=everywhere))
    cadres.approve(report)


def test_who_reviewed_does_not_approve(cadres: Cadres) -> None:
    both = grant(cadre("both", TOWN), DISTRICT)
    report = cadres.review(cadres.prepare(), by=both)
    cadres.close()
    refusal(ReviewerNeverApproves, lambda: cadres.approve(report, by=both))


def stand_in(
    cadres: Cadres, deputy: User, *, last: date = date(2026, 7, 31), by: User | None = None
) -> Deputy:
    return set_deputy(
        principal=cadres.town,
        region=make_region(TOWN),
        deputy=deputy,
        first_day=date(2026, 7, 1),
        last_day=last,
        set_by=by or cadres.town,
        now=IN_JULY,
    )


def test_a_deputy_signs_for_the_principal_and_both_names_stay(cadres: Cadres) -> None:
    report = cadres.prepare()
    other = cadre("other", "430212102000")
    refusal(NotYourLevel, lambda: cadres.review(report, by=other))
    stand_in(cadres, other)
    [waiting] = waiting_for(desk_of_user(other), other, now=IN_JULY)
    assert (waiting.report, waiting.acting_for) == (report, cadres.town)
    cadres.review(report, by=other)
    step = ReportStep.objects.get(action="reviewed")
    assert (step.by, step.acting_for) == (other, cadres.town)


def test_a_deputy_signs_on_the_days_set_and_until_withdrawn(cadres: Cadres) -> None:
    report = cadres.prepare()
    other = cadre("other", "430212102000")
    stand_in(cadres, other, last=date(2026, 7, 4))
    refusal(NotYourLevel, lambda: cadres.review(report, by=other))
    standing = stand_in(cadres, other)
    withdraw_deputy(deputy=standing, by=cadres.district)
    refusal(NotYourLevel, lambda: cadres.review(report, by=other))


def test_a_deputy_and_the_principal_both_count_as_the_preparer(cadres: Cadres) -> None:
    deputy = grant(cadre("deputy", "430212101002"), TOWN)
    RoleGrant.objects.create(user=cadres.village, role=Role.CADRE, region=make_region(TOWN))
    set_deputy(
        principal=cadres.village,
        region=cadres.place,
        deputy=deputy,
        first_day=date(2026, 7, 1),
        last_day=date(2026, 7, 31),
        set_by=cadres.town,
        now=IN_JULY,
    )
    report = cadres.prepare(by=deputy)
    assert report.prepared_for == cadres.village
    refusal(PreparerNeverReviews, lambda: cadres.review(report, by=deputy))
    refusal(PreparerNeverReviews, lambda: cadres.review(report, by=cadres.village))


def test_a_deputy_is_set_by_the_principal_or_the_level_above(cadres: Cadres) -> None:
    other = make_staff("other")
    for who in (other, cadres.village, cadre("next", "430212102000")):
        with pytest.raises(DeputyRefused):
            stand_in(cadres, other, by=who)
    for deputy in (cadres.town, User.objects.create_superuser("root", "secret")):
        with pytest.raises(DeputyRefused):
            stand_in(cadres, deputy)
    assert not Deputy.objects.exists()
    stand_in(cadres, other, by=cadres.district)
    stand_in(cadres, other, by=cadres.town)
    assert Deputy.objects.count() == 2


def due(person: User) -> list[tuple[str, str]]:
    found = waiting_for(desk_of_user(person), person, now=IN_JULY)
    return [(waiting.village.code, waiting.action) for waiting in found]


def test_each_is_told_what_waits_for_them(books: Books, cadres: Cadres) -> None:
    assert due(cadres.village) == [(VILLAGE, "prepared")]
    assert due(cadre("next", "430212101002")) == []
    report = cadres.prepare()
    assert (due(cadres.village), due(cadres.town)) == ([], [(VILLAGE, "reviewed")])
    assert due(cadre("far", "430212102000")) == []
    cadres.review(report)
    assert (due(cadres.town), due(cadres.district)) == ([], [(VILLAGE, "approved")])
    cadres.close()
    cadres.approve(report)
    assert due(cadres.district2) == [(VILLAGE, "published")]


def test_who_prepared_is_not_asked_to_review(cadres: Cadres) -> None:
    both = grant(cadre("both", VILLAGE), TOWN, DISTRICT)
    report = cadres.prepare(by=both)
    assert due(both) == []
    assert due(cadres.town) == [(VILLAGE, "reviewed")]
    cadres.review(report)
    assert due(both) == []


def test_what_was_returned_waits_for_the_village(cadres: Cadres) -> None:
    cadres.send_back(cadres.prepare())
    assert due(cadres.village) == [(VILLAGE, "prepared")]


def test_villages_that_sold_and_have_no_reviewed_report_are_counted(cadres: Cadres) -> None:
    place = desk_of_user(cadres.district).jurisdiction
    make_region("430212101002")
    assert [region.code for region in not_reviewed(place, JUNE)] == [VILLAGE]
    report = cadres.prepare()
    assert not_reviewed(place, JUNE).count() == 1
    cadres.review(report)
    assert not_reviewed(place, JUNE).count() == 0


def test_a_village_without_sales_may_report_that_there_were_none(cadres: Cadres) -> None:
    quiet = make_region("430212101002")
    report = prepare_report(
        village=quiet, month=JUNE, remark="", by=cadre("next", quiet.code), now=IN_AUGUST
    )
    assert content_of(report).rows == []
    cadres.review(report)
    cadres.close()
    cadres.approve(report)
