"""The access log at the desk: who sees which records, what finds them, and the file of them."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lukou_market.access_log.models import AccessRecord, Action
from lukou_market.access_log.record_access import record_access
from lukou_market.access_log.words import in_words
from lukou_market.accounts.models import Role, User
from tests.cadre.conftest import signed_in
from tests.factories import make_host, make_region, make_staff, make_user

LIST = reverse("admin:access_log_accessrecord_changelist")
EXPORT = reverse("admin:access_log_accessrecord_export")
VILLAGE, NEXT_TOWN = "430212101001", "430212102000"


@pytest.fixture
def village(db: None) -> User:
    return make_staff("village", role=Role.CADRE, region=make_region(VILLAGE))


@pytest.fixture
def records(village: User) -> None:
    """A look in the village, an export of the next town, and a sign-in without a region."""
    record_access(
        actor=village, action=Action.LOOKED, subject="household 12", region_code=VILLAGE,
        reason="=核对",
    )  # fmt: skip
    other = make_staff("next", role=Role.CADRE, region=make_region(NEXT_TOWN))
    record_access(
        actor=other, action=Action.EXPORTED, subject="aid sales 2026-06", region_code=NEXT_TOWN
    )
    record_access(actor=None, action=Action.SIGN_IN_REFUSED, subject="staff sign-in")


@pytest.fixture
def auditor(records: None) -> Client:
    return signed_in(make_staff("auditor", role=Role.AUDITOR))


def found(client: Client, **asked: str) -> list[str]:
    page: Any = client.get(LIST, asked)
    assert page.status_code == 200
    return sorted(record.subject for record in page.context["cl"].result_list)


def lines(client: Client, **asked: str) -> list[list[str]]:
    answer: Any = client.get(EXPORT, asked)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


def test_an_auditor_sees_everything_and_a_cadre_their_region(
    auditor: Client, village: User
) -> None:
    assert found(auditor) == ["aid sales 2026-06", "household 12", "staff sign-in"]
    assert found(signed_in(village)) == ["household 12"]
    assert [row[3] for row in lines(signed_in(village))] == ["household 12"]


@pytest.mark.parametrize(
    ("asked", "subjects"),
    [
        ({"q": "village"}, ["household 12"]),
        ({"q": "household"}, ["household 12"]),
        ({"q": "12"}, []),
        ({"action__exact": "looked"}, ["household 12"]),
        ({"region": NEXT_TOWN}, ["aid sales 2026-06"]),
    ],
)
def test_records_are_found_and_the_file_holds_what_the_list_shows(
    auditor: Client, asked: dict[str, str], subjects: list[str]
) -> None:
    assert found(auditor, **asked) == subjects
    assert [row[3] for row in lines(auditor, **asked)] == [in_words(each) for each in subjects]


def test_taking_the_file_is_recorded_before_it_is_read(auditor: Client) -> None:
    answer = auditor.get(EXPORT, {"q": "village"})
    record = AccessRecord.objects.latest("id")
    assert (record.action, record.subject) == (Action.EXPORTED, "access log ?q=village")
    assert record.actor and record.actor.username == "auditor"
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_reason_is_no_formula_of_a_spreadsheet(auditor: Client) -> None:
    [row] = lines(auditor, q="household")
    assert row[-1] == "'=核对"


def test_nobody_else_opens_it_and_nothing_is_recorded(records: None) -> None:
    for client in (Client(), signed_in(make_user()), signed_in(make_host(make_user("主播")).user)):
        for page in (LIST, EXPORT):
            assert client.get(page).status_code in (302, 403)
    assert AccessRecord.objects.count() == 3


def test_nobody_changes_a_record_at_the_desk(auditor: Client) -> None:
    kept = AccessRecord.objects.earliest("id")
    for name in ("change", "delete"):
        page = reverse(f"admin:access_log_accessrecord_{name}", args=[kept.pk])
        assert auditor.post(page, {"reason": "x", "post": "yes"}).status_code == 403
    assert AccessRecord.objects.get(pk=kept.pk).reason == "=核对"
