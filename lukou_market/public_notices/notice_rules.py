"""Rules of notices and objections that a CHECK can't say."""

import pgtrigger

from lukou_market.kernel.triggers import refusal

_CHINA = "AT TIME ZONE 'Asia/Shanghai'"

OF_AN_APPROVED_REPORT = pgtrigger.Trigger(
    name="notice_of_an_approved_report",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=f"""
        IF NOT EXISTS (
            SELECT FROM village_reports_villagereport report
            WHERE report.id = NEW.report_id AND report.village_id = NEW.village_id
              AND report.month = NEW.month AND report.status IN ('approved', 'published')
        ) THEN {refusal("notice_of_an_approved_report")} END IF;
        RETURN NEW;
    """,
)

FOLLOWS = pgtrigger.Trigger(
    name="notice_follows",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=f"""
        IF NEW.version > 1 AND NOT EXISTS (
            SELECT FROM public_notices_publicnotice earlier
            WHERE earlier.id = NEW.replaces_id AND earlier.village_id = NEW.village_id
              AND earlier.month = NEW.month AND earlier.version = NEW.version - 1
        ) THEN {refusal("notice_follows")} END IF;
        RETURN NEW;
    """,
)

TEN_DAYS = pgtrigger.Trigger(
    name="notice_open_ten_days",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=f"""
        IF NEW.open_until < (NEW.posted_at {_CHINA})::date + 10
        THEN {refusal("notice_open_ten_days")} END IF;
        RETURN NEW;
    """,
)

ENDS = pgtrigger.Trigger(
    name="notice_ends_after_its_days",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func=f"""
        IF NEW.ended_at IS NOT NULL AND (NEW.ended_at {_CHINA})::date <= NEW.open_until
        THEN {refusal("notice_ends_after_its_days")} END IF;
        IF NEW.ended_at IS NOT NULL AND EXISTS (
            SELECT FROM public_notices_objection
            WHERE notice_id = NEW.id AND status IN ('received', 'accepted')
        ) THEN {refusal("notice_waits_for_objections")} END IF;
        RETURN NEW;
    """,
)

# The notice is locked, so that none ends while somebody objects to it.
OBJECTED_IN_TIME = pgtrigger.Trigger(
    name="objection_in_time",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("posted", "public_notices_publicnotice%ROWTYPE")],
    func=f"""
        IF NEW.notice_id IS NULL THEN RETURN NEW; END IF;
        SELECT * INTO posted FROM public_notices_publicnotice
        WHERE id = NEW.notice_id FOR NO KEY UPDATE;
        IF posted.village_id <> NEW.village_id OR posted.month <> NEW.month
           OR posted.ended_at IS NOT NULL
           OR (NEW.received_at {_CHINA})::date > posted.open_until
        THEN {refusal("objection_in_time")} END IF;
        RETURN NEW;
    """,
)

MOVED_BY_STEP = pgtrigger.Trigger(
    name="objection_moved_by_step",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func=f"""
        IF NEW.status <> OLD.status AND NOT EXISTS (
            SELECT FROM public_notices_objectionstep
            WHERE objection_id = NEW.id AND action = NEW.status
        ) THEN {refusal("objection_moved_by_step")} END IF;
        RETURN NEW;
    """,
)

HANDLER = pgtrigger.Trigger(
    name="objection_handler_is_another",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=f"""
        IF EXISTS (
            SELECT FROM public_notices_objection objection
            LEFT JOIN public_notices_publicnotice posted ON posted.id = objection.notice_id
            LEFT JOIN village_reports_villagereport report
                ON report.village_id = objection.village_id AND report.month = objection.month
            WHERE objection.id = NEW.objection_id
              AND NEW.by_id IN (posted.posted_by_id, report.prepared_by_id, report.prepared_for_id)
        ) THEN {refusal("objection_handler_is_another")} END IF;
        RETURN NEW;
    """,
)
