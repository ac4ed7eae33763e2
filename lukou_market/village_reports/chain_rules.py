"""The rules of the chain that PostgreSQL keeps, whoever writes the rows."""

import pgtrigger

from lukou_market.kernel.triggers import refusal

# The first version is 1; each later one follows a version that was returned.
FOLLOWS = pgtrigger.Trigger(
    name="village_report_follows",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=f"""
        IF NEW.version <> 1 + coalesce(
            (SELECT CASE status WHEN 'returned' THEN version END
             FROM village_reports_villagereport
             WHERE village_id = NEW.village_id AND month = NEW.month
             ORDER BY version DESC LIMIT 1),
            CASE WHEN EXISTS (
                SELECT FROM village_reports_villagereport
                WHERE village_id = NEW.village_id AND month = NEW.month
            ) THEN -1 ELSE 0 END
        ) THEN {refusal("village_report_follows")} END IF;
        RETURN NEW;
    """,
)

# Who prepares a report has signed it: the first step is written with it.
PREPARED_BY_STEP = pgtrigger.Trigger(
    name="village_report_prepared",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    func="""
        INSERT INTO village_reports_reportstep
            (report_id, action, by_id, acting_for_id, at, sha256, reason)
        VALUES (NEW.id, 'prepared', NEW.prepared_by_id, NEW.prepared_for_id, NEW.prepared_at,
                NEW.sha256, '');
        RETURN NULL;
    """,
)

MOVED_BY_STEPS = pgtrigger.Trigger(
    name="village_report_moved_by_steps",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition("NEW.status IS DISTINCT FROM OLD.status"),
    func=f"""
        IF pg_trigger_depth() < 2 THEN {refusal("village_report_moved_by_steps")} END IF;
        RETURN NEW;
    """,
)

_PEOPLE = "ARRAY[{0}by_id, coalesce({0}acting_for_id, {0}by_id)]::bigint[]"

# A cadre's grant, of the region that takes the step; a deputy needs one of the principal's.
_SEAT = """
    SELECT FROM accounts_rolegrant seat JOIN accounts_user person ON person.id = seat.user_id
    WHERE seat.role = 'cadre' AND seat.user_id = people[2] AND NOT person.is_superuser
      AND seat.region_id = ANY (regions)
      AND (NEW.acting_for_id IS NULL OR EXISTS (
          SELECT FROM village_reports_deputy deputy
          WHERE deputy.principal_id = NEW.acting_for_id AND deputy.deputy_id = NEW.by_id
            AND deputy.region_id = seat.region_id AND NOT deputy.withdrawn
            AND (NEW.at AT TIME ZONE 'Asia/Shanghai')::date
                BETWEEN deputy.first_day AND deputy.last_day))
"""

_SIGNS_NOTHING = """
    SELECT FROM accounts_user person WHERE person.id = NEW.by_id AND (
        person.is_superuser OR EXISTS (
            SELECT FROM accounts_rolegrant
            WHERE user_id = person.id AND role = 'auditor'))
"""

# A step is signed by one of its level, over the report's hash, by nobody who may not; then it
# moves the report, whose edges refuse what is not its turn.
STEP = pgtrigger.Trigger(
    name="report_step_signed",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[
        ("report", "village_reports_villagereport%ROWTYPE"),
        ("people", "bigint[]"),
        ("regions", "text[]"),
        ("town", "text"),
        ("district", "text"),
    ],
    func=f"""
        SELECT * INTO report FROM village_reports_villagereport
        WHERE id = NEW.report_id FOR UPDATE;
        people := {_PEOPLE.format("NEW.")};
        town := left(report.village_id, 9) || '000';
        district := left(report.village_id, 6) || '000000';
        regions := CASE NEW.action
            WHEN 'prepared' THEN ARRAY[report.village_id]
            WHEN 'reviewed' THEN ARRAY[town]
            WHEN 'returned' THEN ARRAY[town, district]
            ELSE ARRAY[district] END;
        IF NEW.sha256 <> report.sha256 THEN {refusal("report_step_of_hash")} END IF;
        IF EXISTS ({_SIGNS_NOTHING}) OR NOT EXISTS ({_SEAT})
            THEN {refusal("report_step_by_level")} END IF;
        IF NEW.action IN ('reviewed', 'approved') AND people && ARRAY[
            report.prepared_by_id, coalesce(report.prepared_for_id, report.prepared_by_id)
        ]::bigint[] THEN {refusal("report_preparer_never_signs")} END IF;
        IF NEW.action = 'approved' AND EXISTS (
            SELECT FROM village_reports_reportstep step
            WHERE step.report_id = report.id AND step.action = 'reviewed'
              AND people && {_PEOPLE.format("step.")}
        ) THEN {refusal("report_reviewer_never_approves")} END IF;
        IF NEW.action = 'published' AND NOT EXISTS (
            SELECT FROM village_reports_reportarchive WHERE report_id = report.id
        ) THEN {refusal("report_published_with_archive")} END IF;
        IF NEW.action <> 'prepared' THEN
            UPDATE village_reports_villagereport SET status = NEW.action WHERE id = report.id;
        ELSIF pg_trigger_depth() < 2 THEN {refusal("report_step_prepared_once")} END IF;
        RETURN NEW;
    """,
)

ARCHIVED_WHEN_APPROVED = pgtrigger.Trigger(
    name="report_archived_when_approved",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=f"""
        IF NOT EXISTS (
            SELECT FROM village_reports_villagereport
            WHERE id = NEW.report_id AND status = 'approved'
        ) THEN {refusal("report_archived_when_approved")} END IF;
        RETURN NEW;
    """,
)
