"""Which month a journal is booked in, as triggers: no journal of a closed month, from any door.

A journal holds a shared lock until its transaction ends, closing a month an exclusive one:
so whoever closes a month waits for the journals under way, and later ones see it closed.
"""

import pgtrigger

from lukou_market.kernel.triggers import refusal

_LOCK = "hashtext('ledger_closedmonth')::bigint"

# The month of posting is China's; never one that is closed.
_MOVE = f"""
    PERFORM pg_advisory_xact_lock_shared({_LOCK});
    SELECT max(month) INTO closed FROM ledger_closedmonth;
    IF NEW.month <= closed THEN
        NEW.late_for := NEW.month;
        NEW.month := greatest(
            date_trunc('month', NEW.posted_at AT TIME ZONE 'Asia/Shanghai')::date,
            (closed + interval '1 month')::date
        );
    ELSE
        NEW.late_for := NULL;
    END IF;
    RETURN NEW;
"""


def in_open_month(name: str) -> pgtrigger.Trigger:
    """Book what comes late for a closed month in the month it is posted in."""
    return _before_insert(name, _MOVE)


def months_in_order(name: str) -> pgtrigger.Trigger:
    """Refuse a month that does not follow the last one closed, or leaves older journals open."""
    return _before_insert(
        name,
        f"""
        PERFORM pg_advisory_xact_lock({_LOCK});
        SELECT max(month) INTO closed FROM ledger_closedmonth;
        IF NEW.month <> coalesce(
            (closed + interval '1 month')::date,
            (SELECT least(NEW.month, min(month)) FROM ledger_journal)
        ) THEN
            {refusal(name, "months are closed in order, without a gap")}
        END IF;
        RETURN NEW;
        """,
    )


def _before_insert(name: str, func: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        declare=[("closed", "date")],
        func=func,
    )
