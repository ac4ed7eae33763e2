"""Rules that a CHECK can't say, as PostgreSQL triggers declared in a model's Meta.

Each refuses with SQLSTATE check_violation and the trigger's name as the constraint's name,
so `constraint_errors` treats it like any other constraint.
"""

import pgtrigger

_REFUSE = (
    "RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{name}', "
    "TABLE = TG_TABLE_NAME, MESSAGE = {message};"
)


def status_edges(name: str, *edges: str) -> pgtrigger.Trigger:
    """Let `status` start and move only along `edges`, each "from>to" or ">first"."""
    listed = ", ".join(f"'{edge}'" for edge in edges)
    edge = "(CASE TG_OP WHEN 'INSERT' THEN '' ELSE OLD.status END) || '>' || NEW.status"
    refuse = _REFUSE.format(name=name, message=f"'status can not move ' || {edge}")
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
            IF (TG_OP = 'INSERT' OR NEW.status <> OLD.status)
               AND NOT ({edge} = ANY (ARRAY[{listed}])) THEN {refuse} END IF;
            RETURN NEW;
        """,
    )


class Never(pgtrigger.Trigger):
    """Refuses `operation` whatever the row: `app_rights` doesn't even grant it."""


def never_removed(name: str) -> list[pgtrigger.Trigger]:
    """Refuse DELETE and TRUNCATE."""
    return _never(name, pgtrigger.Delete)


def append_only(name: str) -> list[pgtrigger.Trigger]:
    """Refuse UPDATE, DELETE and TRUNCATE: what is written stays as it was written."""
    return _never(name, pgtrigger.Update | pgtrigger.Delete)


def kept_for_years(name: str, years: int, since: str) -> list[pgtrigger.Trigger]:
    """Refuse DELETE of rows whose column `since` is not `years` ago yet, and TRUNCATE."""
    refuse = _REFUSE.format(name=name, message=f"'{name}: kept for {years} years'")
    young = f"OLD.{since} > now() - interval '{years} years'"
    rows = pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Delete,
        func=f"IF {young} THEN {refuse} END IF; RETURN OLD;",
    )
    return [rows, _no_truncate(name, refuse)]


def _never(name: str, of_rows: pgtrigger.Operation) -> list[pgtrigger.Trigger]:
    func = _REFUSE.format(name=name, message=f"'{name}: what is written stays'")
    rows = Never(name=name, when=pgtrigger.Before, operation=of_rows, func=func)
    return [rows, _no_truncate(name, func)]


def _no_truncate(name: str, func: str) -> Never:
    return Never(
        name=f"{name}_truncate",
        when=pgtrigger.Before,
        level=pgtrigger.Statement,
        operation=pgtrigger.Truncate,
        func=func,
    )


def frozen_columns(name: str, *columns: str) -> pgtrigger.Trigger:
    """Refuse any change of these columns after the row is written.

    The condition is the trigger's WHEN, so that a change of other columns calls no function.
    """
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(changed),
        func=_REFUSE.format(name=name, message=f"'{name}: {', '.join(columns)} never change'"),
    )
