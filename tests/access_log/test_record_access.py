"""What is recorded stays: the application adds to the log and takes nothing from it."""

import pytest
from django.db import InternalError, connection, transaction
from django.db.utils import IntegrityError, ProgrammingError

from lukou_market.access_log.errors import LookNeedsReason
from lukou_market.access_log.models import AccessRecord, Action
from lukou_market.access_log.record_access import record_access
from tests.factories import make_staff

pytestmark = pytest.mark.django_db
CHANGES = [
    "UPDATE access_log_accessrecord SET reason = 'x'",
    "DELETE FROM access_log_accessrecord",
    "TRUNCATE access_log_accessrecord",
]


def test_a_record_says_who_did_what_to_what_and_why() -> None:
    user = make_staff("village")
    record_access(
        actor=user,
        action=Action.LOOKED,
        subject="household 430212101-0012",
        region_code="430212",
        reason=" 核对社保卡 ",
    )
    record = AccessRecord.objects.get()
    assert (record.actor, record.action, record.subject, record.region_code, record.reason) == (
        user,
        "looked",
        "household 430212101-0012",
        "430212000000",
        "核对社保卡",
    )
    assert record.at is not None


def test_nobody_may_be_the_actor() -> None:
    record_access(actor=None, action=Action.SIGN_IN_REFUSED, subject="staff sign-in")
    assert AccessRecord.objects.get().actor is None


def test_a_look_without_a_reason_is_refused_and_leaves_no_record() -> None:
    with pytest.raises(LookNeedsReason):
        record_access(actor=None, action=Action.LOOKED, subject="household 1", reason=" ")
    assert not AccessRecord.objects.exists()


@pytest.mark.parametrize("statement", CHANGES)
def test_the_owner_of_the_table_changes_no_record(statement: str) -> None:
    record_access(actor=None, action=Action.EXPORTED, subject="aid sales 2026-06")
    connection.check_constraints()
    with (
        pytest.raises((IntegrityError, InternalError), match="access_record_kept"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AccessRecord.objects.get().reason == ""


@pytest.mark.parametrize("statement", CHANGES)
def test_the_application_has_no_right_to_change_a_record(
    as_application: None, statement: str
) -> None:
    record_access(actor=None, action=Action.EXPORTED, subject="aid sales 2026-06")
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AccessRecord.objects.get().subject == "aid sales 2026-06"
