"""Objections: from anybody, with a number, answered by another, and the notice waits for them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from lukou_market.accounts.errors import PhoneWrong
from lukou_market.kernel.personal_digits import PersonalDigits
from lukou_market.public_notices.end_notices import end_due_notices
from lukou_market.public_notices.errors import (
    AnswerMissing,
    HandlerIsPreparer,
    HandlerLevel,
    NoticeClosed,
    ObjectionMoved,
    TextMissing,
)
from lukou_market.public_notices.handle_objection import (
    accept_objection,
    reject_objection,
    uphold_objection,
)
from lukou_market.public_notices.models import Objection, ObjectionStep, PublicNotice
from lukou_market.public_notices.object_to_notice import objection_of
from lukou_market.public_notices.post_notice import post_notice
from lukou_market.public_notices.queries import is_late, open_objections, without_proof
from lukou_market.regions.desk import desk_of_user
from tests.aid.months import IN_JULY, JUNE
from tests.public_notices.conftest import Village
from tests.village_reports.people import cadre

DAY = timedelta(days=1)
# IN_JULY is 5 July, noon in China: the tenth day after it is 15 July.
LAST_MOMENT = datetime(2026, 7, 15, 15, 59, 59, tzinfo=UTC)
OVER = datetime(2026, 7, 15, 16, 0, tzinfo=UTC)


def test_who_objects_gets_a_number_that_opens_the_answer(
    village: Village, notice: PublicNotice
) -> None:
    objection = village.object(notice, phone="138 1234 5678", household_number="H000001")
    assert objection_of(objection.number.lower().replace("-", " ")) == objection
    assert objection.phone == "13812345678"
    assert objection_of("AAAA-BBBB-CCCC") is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, phone, household_number FROM public_notices_objection")
        stored = " ".join(cursor.fetchone())
    assert not any(word in stored for word in ("货款", "13812345678", "H000001"))


@pytest.mark.parametrize(
    ("given", "error"), [({"text": "  "}, TextMissing), ({"phone": "12345"}, PhoneWrong)]
)
def test_an_empty_objection_or_a_wrong_phone_is_refused(
    village: Village, notice: PublicNotice, given: Any, error: type[Exception]
) -> None:
    with pytest.raises(error):
        village.object(notice, **given)
    assert not Objection.objects.exists()


def test_objections_are_taken_until_the_last_day_of_china_is_over(
    village: Village, notice: PublicNotice
) -> None:
    village.object(notice, now=LAST_MOMENT)
    with pytest.raises(NoticeClosed):
        village.object(notice, now=OVER)
    assert Objection.objects.count() == 1


def test_a_replaced_notice_takes_none(village: Village, notice: PublicNotice) -> None:
    village.post(correction="更正姓氏")
    with pytest.raises(NoticeClosed):
        village.object(notice)
    assert not Objection.objects.exists()


def test_a_notice_ends_after_its_ten_days(village: Village, notice: PublicNotice) -> None:
    assert end_due_notices(now=LAST_MOMENT) == 0
    assert end_due_notices(now=OVER) == 1
    assert end_due_notices(now=OVER) == 0
    notice.refresh_from_db()
    assert notice.ended_at == OVER


def test_a_notice_waits_for_the_answer(village: Village, notice: PublicNotice) -> None:
    objection = village.object(notice)
    assert end_due_notices(now=OVER) == 0
    with pytest.raises(IntegrityError, match="notice_waits_for_objections"), transaction.atomic():
        PublicNotice.objects.update(ended_at=OVER)
    accept_objection(objection_id=objection.pk, by=village.cadres.town, now=OVER)
    assert end_due_notices(now=OVER) == 0
    reject_objection(objection_id=objection.pk, words="已核对", by=village.cadres.town, now=OVER)
    assert end_due_notices(now=OVER + DAY) == 1


def test_the_town_accepts_and_answers_with_what_follows(
    village: Village, notice: PublicNotice
) -> None:
    objection, town = village.object(notice), village.cadres.town
    accept_objection(objection_id=objection.pk, by=town, now=IN_JULY)
    answered = uphold_objection(
        objection_id=objection.pk, words="少记一箱，下月补记", follow_up="next_month", by=town,
        now=IN_JULY + DAY,
    )  # fmt: skip
    assert answered.status == "upheld"
    assert [step.action for step in answered.steps.all()] == ["accepted", "upheld"]
    with pytest.raises(ObjectionMoved):
        reject_objection(objection_id=objection.pk, words="不对", by=town, now=IN_JULY + DAY)
    assert ObjectionStep.objects.count() == 2


def test_the_village_does_not_handle_it(village: Village, notice: PublicNotice) -> None:
    objection = village.object(notice)
    for by in (village.cadres.village, cadre("elsewhere", "430212102000")):
        with pytest.raises(HandlerLevel):
            accept_objection(objection_id=objection.pk, by=by, now=IN_JULY)
    assert not ObjectionStep.objects.exists()


def test_who_posted_the_notice_does_not_handle_it(village: Village) -> None:
    village.approve()
    notice = post_notice(
        village=village.cadres.place, month=JUNE, posted_by=village.cadres.town, now=IN_JULY
    )
    objection = village.object(notice)
    with pytest.raises(HandlerIsPreparer):
        accept_objection(objection_id=objection.pk, by=village.cadres.town, now=IN_JULY)
    objection.refresh_from_db()
    assert objection.status == "received" and not ObjectionStep.objects.exists()
    accept_objection(objection_id=objection.pk, by=village.cadres.district, now=IN_JULY)


@pytest.mark.parametrize(
    ("words", "follow_up", "error"),
    [
        ("", "next_month", AnswerMissing),
        ("对", "", AnswerMissing),
        ("对", "anything", AnswerMissing),
        ("请打 138 1234 5678", "next_month", PersonalDigits),
    ],
)
def test_an_answer_has_words_that_everybody_may_read(
    village: Village, notice: PublicNotice, words: str, follow_up: str, error: type[Exception]
) -> None:
    objection, town = village.object(notice), village.cadres.town
    accept_objection(objection_id=objection.pk, by=town, now=IN_JULY)
    with pytest.raises(error):
        uphold_objection(
            objection_id=objection.pk, words=words, follow_up=follow_up, by=town, now=IN_JULY
        )
    objection.refresh_from_db()
    assert objection.status == "accepted"
    assert ObjectionStep.objects.count() == 1


def test_who_waits_too_long_is_late(village: Village, notice: PublicNotice) -> None:
    objection = village.object(notice)
    assert not is_late(objection, objection.answer_by)
    assert is_late(objection, objection.answer_by + DAY)
    desk = desk_of_user(village.cadres.town)
    assert [*open_objections(desk.jurisdiction)] == [objection]
    assert [*without_proof(desk.jurisdiction)] == [notice]
    elsewhere = desk_of_user(cadre("elsewhere", "430212102000")).jurisdiction
    assert not open_objections(elsewhere) and not without_proof(elsewhere)


@pytest.mark.parametrize(
    ("rule", "statement"),
    [
        ("objection_kept", "UPDATE public_notices_objection SET text = 'x'"),
        ("objection_moved_by_step", "UPDATE public_notices_objection SET status = 'accepted'"),
        ("objection_edges", "UPDATE public_notices_objection SET status = 'upheld'"),
        ("objection_stays", "DELETE FROM public_notices_objection"),
    ],
)
def test_postgresql_keeps_an_objection(
    village: Village, notice: PublicNotice, rule: str, statement: str
) -> None:
    village.object(notice)
    with (
        pytest.raises(IntegrityError, match=f"{rule}|objection_moved_by_step"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_postgresql_keeps_the_history(village: Village, notice: PublicNotice) -> None:
    objection = village.object(notice)
    accept_objection(objection_id=objection.pk, by=village.cadres.town, now=IN_JULY)
    for statement in (
        "UPDATE public_notices_objectionstep SET words = 'x'",
        "DELETE FROM public_notices_objectionstep",
    ):
        with (
            pytest.raises(IntegrityError, match="objection_step_kept"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_raw_sql_lets_no_preparer_handle_it(village: Village, notice: PublicNotice) -> None:
    objection = village.object(notice)
    with (
        pytest.raises(IntegrityError, match="objection_handler_is_another"),
        transaction.atomic(),
    ):
        ObjectionStep.objects.create(
            objection=objection, action="accepted", by=village.cadres.village, at=IN_JULY
        )
