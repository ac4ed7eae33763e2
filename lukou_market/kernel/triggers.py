"""Rules that a CHECK can't say, as PostgreSQL triggers declared in a model's Meta.

Each refuses with SQLSTATE check_violation and the trigger's name as the constraint's name,
so `constraint_errors` treats it like any other constraint.
"""

import pgtrigger

NO_PARENT = "foreign_key_violation"


def refusal(name: str, why: str = "", *, kind: str = "check_violation") -> str:
    """The PL/pgSQL statement by which a trigger refuses as constraint `name`; logs read `why`."""
    message = f"{name}: {why}" if why else name
    return _raise(name, "'" + message.replace("'", "''") + "'", kind)


def _raise(name: str, message: str, kind: str = "check_violation") -> str:
    return (
        f"RAISE EXCEPTION USING ERRCODE = '{kind}', CONSTRAINT = '{name}', "
        f"TABLE = TG_TABLE_NAME, MESSAGE = {message};"
    )


def starts_as(name: str, column: str, value: str) -> pgtrigger.Trigger:
    """Refuse new rows whose `column` is not `value`.

    The condition is the trigger's WHEN, so that a good row calls no function.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        condition=pgtrigger.Condition(f"NEW.{column} IS DISTINCT FROM '{value}'"),
        func=refusal(name, f"{column} starts as {value}"),
    )


def parents_exist(name: str, of_rows: str = "", **parents: str) -> pgtrigger.Trigger:
    """A foreign key from each column to `id` of its table, checked once for each INSERT.

    `of_rows` is SQL: which of the new rows are checked, by default all.

    For columns that `frozen_columns` keeps, of tables with few hot rows; `kept_while_referred` is
    the other half. The parents are locked FOR KEY SHARE until the transaction ends, so whoever
    deletes one waits, and then finds the new rows.
    """
    columns = ", ".join(parents)
    joins = " ".join(
        f"JOIN {table} parent_{n} ON parent_{n}.id = new_row.{column}"
        for n, (column, table) in enumerate(parents.items())
    )
    locked = ", ".join(f"parent_{n}" for n in range(len(parents)))
    checked = f" WHERE {of_rows}" if of_rows else ""
    wanted = f"(SELECT DISTINCT {columns} FROM new_rows{checked}) new_row"
    refuse = refusal(name, f"a row in {columns} is missing", kind=NO_PARENT)
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(new="new_rows"),  # type: ignore[no-untyped-call]
        declare=[("found_rows", "bigint")],
        func=f"""
            PERFORM FROM {wanted} {joins} FOR KEY SHARE OF {locked};
            GET DIAGNOSTICS found_rows = ROW_COUNT;
            IF found_rows <> (SELECT count(*) FROM {wanted}) THEN {refuse} END IF;
            RETURN NULL;
        """,
    )


def kept_while_referred(name: str, table: str, column: str) -> list[pgtrigger.Trigger]:
    """Refuse to delete a row, or change its id, while `column` of `table` refers to it.

    Checked after the row is locked, when those who referred to it meanwhile have committed or
    wait. Only READ COMMITTED sees what they have committed.
    """
    refuse = refusal(name, f"{table} refers to it", kind=NO_PARENT)
    stale = refusal(name, "in READ COMMITTED only", kind=NO_PARENT)
    rows = pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Delete | pgtrigger.UpdateOf("id"),  # type: ignore[no-untyped-call]
        func=f"""
            IF TG_OP = 'UPDATE' THEN
                IF NEW.id = OLD.id THEN RETURN NULL; END IF;
            END IF;
            IF current_setting('transaction_isolation') <> 'read committed' THEN {stale} END IF;
            IF EXISTS (SELECT FROM {table} WHERE {column} = OLD.id) THEN {refuse} END IF;
            RETURN NULL;
        """,
    )
    all_rows = pgtrigger.Trigger(
        name=f"{name}_truncate",
        when=pgtrigger.After,
        level=pgtrigger.Statement,
        operation=pgtrigger.Truncate,
        func=f"IF EXISTS (SELECT FROM {table}) THEN {refuse} END IF; RETURN NULL;",
    )
    return [rows, all_rows]


def status_edges(name: str, *edges: str) -> pgtrigger.Trigger:
    """Let `status` start and move only along `edges`, each "from>to" or ">first".

    Without any ">first" it may start as anything: `starts_as` is cheaper for many new rows.
    """
    any_first = any(edge.startswith(">") for edge in edges)
    listed = ", ".join(f"'{edge}'" for edge in edges)
    edge = "(CASE TG_OP WHEN 'INSERT' THEN '' ELSE OLD.status END) || '>' || NEW.status"
    refuse = _raise(name, f"'status can not move ' || {edge}")
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update if any_first else pgtrigger.Update,
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
    refuse = refusal(name, f"kept for {years} years")
    young = f"OLD.{since} > now() - interval '{years} years'"
    rows = pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Delete,
        func=f"IF {young} THEN {refuse} END IF; RETURN OLD;",
    )
    return [rows, _no_truncate(name, refuse)]


def _never(name: str, of_rows: pgtrigger.Operation) -> list[pgtrigger.Trigger]:
    func = refusal(name, "what is written stays")
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


def refused_update(name: str, condition: str, message: str) -> pgtrigger.Trigger:
    """Refuse an update for which `condition`, SQL about OLD and NEW, holds."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(condition),
        func=refusal(name, message),
    )


def frozen_columns(name: str, *columns: str, unless: str = "") -> pgtrigger.Trigger:
    """Refuse any change of these columns after the row is written; `unless` is SQL about OLD.

    The condition is the trigger's WHEN, so that a change of other columns calls no function.
    """
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)
    if unless:
        changed = f"NOT ({unless}) AND ({changed})"
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(changed),
        func=refusal(name, f"{', '.join(columns)} never change"),
    )
