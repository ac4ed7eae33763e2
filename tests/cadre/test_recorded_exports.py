"""Every file that leaves the desk is on record: with its region, and without personal data."""

import re
import time
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from lukou_market.access_log.models import AccessRecord, Action
from lukou_market.accounts.models import User
from lukou_market.payments.models import Dispute
from lukou_market.payouts.models import PayoutBatch, PayoutFile
from lukou_market.regions.desk import SECOND_FACTOR_AT
from tests.aid.months import JUNE
from tests.cadre.conftest import signed_in
from tests.cadre.furnish import account_numbers, furnish, id_numbers, phones
from tests.cadre.matrix.routes import desk_routes
from tests.village_reports.conftest import books, cadres
from tests.village_reports.people import VILLAGE, Cadres

__all__ = ["books", "cadres"]

Taken = dict[str, tuple[str, dict[str, str], str]]
_HANDS_OUT = re.compile(r"/(export|file|restatement|evidence|bank-file|<slug:file_format>)/$")
_ALREADY_RECORDED = {"admin/exports/<int:pk>/file/"}  # when it was asked for


@pytest.fixture
def rows(cadres: Cadres) -> list[Model]:
    """A village with one of everything, in a month that is closed and reported."""
    cadres.prepare()
    cadres.close()
    return furnish(VILLAGE, "甲")


@pytest.fixture
def files(rows: list[Model]) -> Taken:
    """By name: an address, what is posted there, and the region of the record."""
    dispute = next(row for row in rows if isinstance(row, Dispute))
    batch = next(row for row in rows if isinstance(row, PayoutBatch))
    here, reason = f"?region={VILLAGE}&from=2026-06&to=2026-06", {"reason": "上级核查"}
    report = {
        kind: (reverse("cadre:report-export", args=[kind, form]) + here, {"": ""}, VILLAGE)
        for kind, form in (("channel", "xlsx"), ("target", "csv"), ("lines", "pdf"))
    }
    lines = reverse("cadre:village-report-lines", args=[VILLAGE, JUNE])
    return report | {
        "aid sales": (reverse("cadre:aid-sales-export") + here, {}, VILLAGE),
        "village report": (lines, {}, VILLAGE),
        "month": (reverse("cadre:period-file", args=[JUNE]), {}, ""),
        "restatement": (reverse("cadre:period-restatement", args=[JUNE]), {}, ""),
        "changes": (reverse("cadre:changes-export"), {}, ""),
        "access log": (reverse("admin:access_log_accessrecord_export"), {}, ""),
        "evidence": (reverse("cadre:evidence", args=[dispute.pk]), reason, VILLAGE),
        "bank file": (
            reverse("admin:payouts_payoutbatch_bank_file", args=[batch.pk]), reason, VILLAGE,
        ),
    }  # fmt: skip


@pytest.fixture
def superuser(rows: list[Model]) -> Client:
    return signed_in(User.objects.create_superuser("root", "secret"))


def take(client: Client, where: str, posted: dict[str, str]) -> Any:
    return client.post(where, posted) if posted else client.get(where)


def test_each_file_is_recorded_with_its_region_and_no_personal_data(
    files: Taken, superuser: Client
) -> None:
    private = [*id_numbers(), *account_numbers(), *phones(), "甲大山", "13812345678", "黄河北路"]
    for name, (where, posted, region) in files.items():
        before = AccessRecord.objects.count()
        answer = take(superuser, where, posted)
        assert answer.status_code in (200, 302), name
        [record] = AccessRecord.objects.order_by("id")[before:]
        assert (record.action, record.region_code) == (Action.EXPORTED, region), name
        assert record.actor and record.actor.username == "root"
        assert not [secret for secret in private if secret in f"{record.subject}{record.reason}"]


def test_no_page_hands_out_a_file_that_is_not_looked_at_here(files: Taken) -> None:
    known = {resolve(where.partition("?")[0]).route for where, _, _ in files.values()}
    found = {route for route in desk_routes() if _HANDS_OUT.search(route)}
    assert found - known == _ALREADY_RECORDED
    assert len(found & known) >= 8


def test_the_bank_file_needs_a_fresh_code(files: Taken, superuser: Client) -> None:
    where, posted, _ = files["bank file"]
    session = superuser.session
    session[SECOND_FACTOR_AT] = time.time() - 11 * 60
    session.save()
    made = PayoutFile.objects.count()
    answer = take(superuser, where, posted)
    assert answer.headers["Location"].startswith(reverse("cadre:confirm-second-factor"))
    assert PayoutFile.objects.count() == made
    assert not AccessRecord.objects.filter(action=Action.EXPORTED, at__lte=timezone.now()).exists()
