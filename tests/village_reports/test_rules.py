"""The rules of the chain that PostgreSQL keeps, broken with raw SQL."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from lukou_market.accounts.models import Role, RoleGrant, User
from lukou_market.village_reports.models import VillageReport
from lukou_market.village_reports.set_deputy import set_deputy
from tests.aid.months import IN_JULY
from tests.factories import make_region
from tests.village_reports.people import DISTRICT, TOWN, VILLAGE, Cadres, cadre

pytestmark = pytest.mark.django_db
Refused = Callable[[str, str], None]
UPDATE = "UPDATE village_reports_villagereport SET"


@pytest.fixture
def report(cadres: Cadres) -> VillageReport:
    return cadres.prepare()


def step(
    report: VillageReport,
    action: str,
    by: User,
    *,
    acting_for: User | None = None,
    sha256: str = "",
    reason: str = "",
) -> str:
    """SQL that writes a step past every use case."""
    principal = acting_for.pk if acting_for else "NULL"
    return f"""INSERT INTO village_reports_reportstep
        (report_id, action, by_id, acting_for_id, at, sha256, reason)
        VALUES ({report.pk}, '{action}', {by.pk}, {principal}, '2026-07-05 04:00Z',
                '{sha256 or report.sha256}', '{reason}')"""


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def grant(person: User, code: str) -> User:
    RoleGrant.objects.create(user=person, role=Role.CADRE, region=make_region(code))
    return person


@pytest.mark.parametrize(
    ("rule", "sql"),
    [
        ("village_report_kept", "UPDATE village_reports_villagereport SET remark = 'x'"),
        ("village_report_kept", "UPDATE village_reports_villagereport SET content = 'x'"),
        ("village_report_kept", "UPDATE village_reports_villagereport SET version = 2"),
        ("village_report_kept", "UPDATE village_reports_villagereport SET sha256 = 'x'"),
        ("village_report_moved_by_steps", f"{UPDATE} status = 'reviewed'"),
        ("village_report_edges|moved_by_steps", f"{UPDATE} status = 'published'"),
        ("village_report_stays", "DELETE FROM village_reports_villagereport"),
        ("village_report_stays|step_kept", "TRUNCATE village_reports_villagereport CASCADE"),
        ("report_step_kept", "UPDATE village_reports_reportstep SET reason = 'x'"),
        ("report_step_kept", "DELETE FROM village_reports_reportstep"),
        ("report_step_kept", "TRUNCATE village_reports_reportstep"),
    ],
)  # fmt: skip
def test_what_is_written_stays_as_it_was_written(
    report: VillageReport, refused: Refused, rule: str, sql: str
) -> None:
    refused(rule, sql)


def test_a_step_is_signed_over_the_reports_hash(
    cadres: Cadres, report: VillageReport, refused: Refused
) -> None:
    refused("report_step_of_hash", step(report, "reviewed", cadres.town, sha256="0" * 64))


def test_steps_follow_the_edges(cadres: Cadres, report: VillageReport, refused: Refused) -> None:
    refused("village_report_edges", step(report, "approved", cadres.district))
    refused("report_published_with_archive", step(report, "published", cadres.district))
    refused("report_step_prepared_once", step(report, "prepared", cadres.village))
    run(step(report, "reviewed", cadres.town))
    refused("report_step_once", step(report, "reviewed", cadres.town))
    run(step(report, "returned", cadres.district, reason="x"))
    refused("village_report_edges", step(report, "approved", cadres.district))


def test_a_reason_belongs_to_a_return_and_to_nothing_else(
    cadres: Cadres, report: VillageReport, refused: Refused
) -> None:
    refused("report_returned_with_reason", step(report, "returned", cadres.town))
    refused("report_returned_with_reason", step(report, "reviewed", cadres.town, reason="x"))


@pytest.mark.parametrize(
    ("action", "who"),
    [("reviewed", "village"), ("reviewed", "district"), ("returned", "village")],
)
def test_a_step_is_signed_by_its_level(
    cadres: Cadres, report: VillageReport, refused: Refused, action: str, who: str
) -> None:
    reason = "x" if action == "returned" else ""
    refused("report_step_by_level", step(report, action, getattr(cadres, who), reason=reason))


def test_nobody_signs_two_steps_of_three(
    cadres: Cadres, report: VillageReport, refused: Refused
) -> None:
    grant(grant(cadres.village, TOWN), DISTRICT)
    refused("report_preparer_never_signs", step(report, "reviewed", cadres.village))
    run(step(report, "reviewed", grant(cadres.town, DISTRICT)))
    refused("report_preparer_never_signs", step(report, "approved", cadres.village))
    refused("report_reviewer_never_approves", step(report, "approved", cadres.town))
    run(step(report, "approved", cadres.district))


@pytest.mark.parametrize("kind", ["superuser", "auditor"])
def test_superusers_and_auditors_sign_nothing(
    cadres: Cadres, report: VillageReport, refused: Refused, kind: str
) -> None:
    if kind == "auditor":
        RoleGrant.objects.create(user=cadres.town, role=Role.AUDITOR)
    else:
        User.objects.filter(pk=cadres.town.pk).update(is_superuser=True)
    refused("report_step_by_level", step(report, "reviewed", cadres.town))


def test_a_deputy_needs_to_be_one_that_day_and_binds_both(
    cadres: Cadres, report: VillageReport, refused: Refused
) -> None:
    other = cadre("other", "430212102000")
    signed = step(report, "reviewed", other, acting_for=cadres.town)
    refused("report_step_by_level", signed)
    for first, last in (((2026, 7, 6), (2026, 7, 9)), ((2026, 7, 1), (2026, 7, 4))):
        set_deputy(
            principal=cadres.town,
            region=make_region(TOWN),
            deputy=other,
            first_day=date(*first),
            last_day=date(*last),
            set_by=cadres.town,
            now=IN_JULY,
        )
        refused("report_step_by_level", signed)
    standing = set_deputy(
        principal=cadres.town,
        region=make_region(TOWN),
        deputy=other,
        first_day=date(2026, 7, 5),
        last_day=date(2026, 7, 5),
        set_by=cadres.town,
        now=IN_JULY,
    )
    refused("report_step_by_level", step(report, "reviewed", cadres.town, acting_for=cadres.town))
    run(signed)
    for person in (grant(other, DISTRICT), grant(cadres.town, DISTRICT)):
        refused("report_reviewer_never_approves", step(report, "approved", person))
    refused("deputy_kept", "UPDATE village_reports_deputy SET last_day = '2099-01-01'")
    refused("deputy_stays", "DELETE FROM village_reports_deputy")
    run(f"UPDATE village_reports_deputy SET withdrawn = true WHERE id = {standing.pk}")
    refused("deputy_withdrawn_once", "UPDATE village_reports_deputy SET withdrawn = false")


COLUMNS = "village_id, month, remark, prepared_by_id, prepared_at"


@pytest.mark.parametrize(
    ("rule", "changed"),
    [
        ("village_report_follows", "2, 'prepared', content, sha256"),
        ("village_report_follows", "1, 'prepared', content, sha256"),
        ("village_report_edges|village_report_follows", "1, 'published', content, sha256"),
    ],
)
def test_a_version_follows_a_returned_one(
    report: VillageReport, refused: Refused, rule: str, changed: str
) -> None:
    refused(
        rule,
        f"""INSERT INTO village_reports_villagereport
            (version, status, content, sha256, {COLUMNS})
            SELECT {changed}, {COLUMNS} FROM village_reports_villagereport""",
    )


def test_the_hash_is_that_of_the_content(
    cadres: Cadres, report: VillageReport, refused: Refused
) -> None:
    cadres.send_back(report)
    refused(
        "village_report_hash",
        f"""INSERT INTO village_reports_villagereport
            (version, status, content, sha256, {COLUMNS})
            SELECT 2, 'prepared', 'x', sha256, {COLUMNS} FROM village_reports_villagereport""",
    )


def test_a_report_is_a_villages(cadres: Cadres, report: VillageReport, refused: Refused) -> None:
    assert VILLAGE in str(report.village_id)
    for rule, village, month in (
        ("village_report_of_village|report_step_by_level", TOWN, "2026-06-01"),
        ("village_report_month", "430212101002", "2026-06-02"),
    ):
        make_region(village)
        refused(
            rule,
            f"""INSERT INTO village_reports_villagereport
                (version, status, content, sha256, village_id, month, remark, prepared_by_id,
                 prepared_at)
                SELECT 1, 'prepared', content, sha256, '{village}', '{month}', remark,
                       prepared_by_id, prepared_at FROM village_reports_villagereport""",
        )


def test_nothing_is_archived_before_it_is_approved(report: VillageReport, refused: Refused) -> None:
    refused(
        "report_archived_when_approved",
        f"""INSERT INTO village_reports_reportarchive
            (report_id, pdf, pdf_sha256, xlsx, xlsx_sha256)
            SELECT {report.pk}, 'x', encode(sha256('x'), 'hex'), 'x', encode(sha256('x'), 'hex')""",
    )
