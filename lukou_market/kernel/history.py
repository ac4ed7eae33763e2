"""Who changed what in the registers: read from the event tables that pghistory's triggers fill.

A change is told by a row of an event table and the one before it of the same object.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

import orjson
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Field, ForeignKey, Model
from django.utils import timezone
from django.utils.translation import gettext as _
from pghistory.models import Event

from lukou_market.kernel.encryption import EncryptedTextField, decrypted
from lukou_market.kernel.masking import mask_account, mask_id_number, mask_name, mask_phone

_MASKS = {
    "name": mask_name,
    "holder": mask_name,
    "id_number": mask_id_number,
    "number": mask_account,
    "phone": mask_phone,
}
_ONE_TABLE = """
    SELECT '{label}' AS model, found.pgh_id, found.pgh_created_at, found.pgh_label,
           found.pgh_obj_id::text AS obj, found.pgh_context, to_jsonb(found) AS after,
           (SELECT to_jsonb(former) FROM {table} former
            WHERE former.pgh_obj_id = found.pgh_obj_id AND former.pgh_id < found.pgh_id
            ORDER BY former.pgh_id DESC LIMIT 1) AS before
    FROM (SELECT * FROM {table} WHERE {where}
          ORDER BY pgh_created_at DESC, pgh_id DESC LIMIT %(limit)s) found
"""
_AFTER = """
    pgh_created_at <= %(at)s AND (pgh_created_at < %(at)s
        OR '{label}' > %(model)s OR '{label}' = %(model)s AND pgh_id < %(id)s)
"""
_ALL = " {parts} ORDER BY pgh_created_at DESC, model, pgh_id DESC LIMIT %(limit)s"


@dataclass(frozen=True, slots=True)
class Position:
    """The last change of a page: a bulk has many of one moment."""

    at: datetime
    model: str
    id: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.model}~{self.id}"

    @classmethod
    def read(cls, text: str) -> "Position":
        """The position written so. Raises ValueError for anything else."""
        at, model, pk = text.split("~")
        return cls(datetime.fromisoformat(at), model, int(pk))


@dataclass(frozen=True, slots=True)
class Asked:
    """Which changes: of one model (its label), by one person, of some days, after a page."""

    model: str = ""
    who: int | None = None
    first_day: date | None = None
    last_day: date | None = None
    after: Position | None = None
    obj: str = ""


@dataclass(frozen=True, slots=True)
class FieldNews:
    """A field's old and new value as a screen may show them."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one object; `who` and `where` are empty when no page made it."""

    at: datetime
    position: Position
    what: str
    model: str
    obj: str
    name: str
    who: str
    where: str
    fields: tuple[FieldNews, ...]


@cache
def event_models() -> dict[type[Model], type[Model]]:
    """The event model of each tracked model."""
    return {
        tracked._meta.concrete_model: model
        for model in apps.get_models()
        if issubclass(model, Event) and (tracked := getattr(model, "pgh_tracked_model", None))
    }


def is_tracked(model: type[Model]) -> bool:
    """Whether its changes are kept."""
    return model in event_models()


def tracked_names() -> list[tuple[str, str]]:
    """Label and name of each tracked model, by name."""
    named = [(model._meta.label_lower, str(model._meta.verbose_name)) for model in event_models()]
    return sorted(named, key=lambda each: each[1])


def changes_of(model: type[Model], pk: Any, *, limit: int = 200) -> list[Change]:
    """What happened to one object, newest first."""
    return find_changes(Asked(model=model._meta.label_lower, obj=str(pk)), limit=limit)


def find_changes(asked: Asked, *, limit: int) -> list[Change]:
    """The newest changes asked for: one query for all tables, and a few for names."""
    models = {
        model._meta.label_lower: (model, event)
        for model, event in event_models().items()
        if asked.model in ("", model._meta.label_lower)
    }
    if not models:
        return []
    where, values = _where(asked)
    parts = " UNION ALL ".join(
        "("
        + _ONE_TABLE.format(
            label=label, table=event._meta.db_table, where=where.format(label=label)
        )
        + ")"
        for label, (_model, event) in models.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(_ALL.format(parts=parts), {**values, "limit": limit})
        columns = [column.name for column in cursor.description or ()]
        rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return _told(rows, {label: model for label, (model, _event) in models.items()})


def _where(asked: Asked) -> tuple[str, dict[str, Any]]:
    zone = timezone.get_default_timezone()
    conditions, values = ["true"], dict[str, Any]()
    if asked.who is not None:
        conditions.append("pgh_context -> 'user' = to_jsonb(%(who)s::bigint)")
        values["who"] = asked.who
    if asked.first_day:
        conditions.append("pgh_created_at >= %(first)s")
        values["first"] = datetime.combine(asked.first_day, time.min, zone)
    if asked.last_day:
        conditions.append("pgh_created_at < %(after)s")
        values["after"] = datetime.combine(asked.last_day + timedelta(days=1), time.min, zone)
    if asked.after:
        conditions.append(_AFTER)
        values |= {"at": asked.after.at, "model": asked.after.model, "id": asked.after.id}
    if asked.obj:
        conditions.append("pgh_obj_id = %(obj)s::bigint")
        values["obj"] = asked.obj
    return " AND ".join(conditions), values


def _told(rows: Sequence[Mapping[str, Any]], models: Mapping[str, type[Model]]) -> list[Change]:
    rows = [
        {**row, **{side: _loaded(row[side]) for side in ("after", "before", "pgh_context")}}
        for row in rows
    ]
    names = _Names(rows, models)
    return [_change(row, models[row["model"]], names) for row in rows]


def _loaded(value: Any) -> dict[str, Any]:
    """A jsonb column, read or as text."""
    return (orjson.loads(value) if isinstance(value, str) else value) or {}


def _change(row: Mapping[str, Any], model: type[Model], names: "_Names") -> Change:
    said = {"insert": _("Added"), "update": _("Changed"), "delete": _("Removed")}
    after, before = row["after"], row["before"] if row["pgh_label"] == "update" else {}
    gone = row["pgh_label"] == "delete"
    fields = tuple(
        FieldNews(
            str(field.verbose_name),
            names.said(field, (after if gone else before).get(_column(field))),
            "" if gone else names.said(field, after.get(_column(field))),
        )
        for field in _shown_fields(model, after)
        if gone or before.get(_column(field)) != after.get(_column(field))
    )
    return Change(
        at=row["pgh_created_at"],
        position=Position(row["pgh_created_at"], row["model"], row["pgh_id"]),
        what=said[row["pgh_label"]],
        model=str(model._meta.verbose_name),
        obj=row["obj"],
        name=names.of_row(model, after),
        who=names.person(row["pgh_context"].get("user")),
        where=row["pgh_context"].get("url", ""),
        fields=fields,
    )


def _shown_fields(model: type[Model], row: Mapping[str, Any]) -> "list[Field[Any, Any]]":
    return [
        field
        for field in model._meta.concrete_fields
        if _column(field) in row and not field.primary_key and "_digest" not in _column(field)
    ]


def _column(field: "Field[Any, Any]") -> str:
    return field.column or ""


def _all_stars(text: str) -> str:
    return "*" * len(text)


class _Names:
    """What foreign keys of some rows point to, in one query for each model."""

    def __init__(
        self, rows: Iterable[Mapping[str, Any]], models: Mapping[str, type[Model]]
    ) -> None:
        wanted: dict[type[Model], set[Any]] = {get_user_model(): set()}
        for row in rows:
            wanted[get_user_model()].add(row["pgh_context"].get("user"))
            for field in _shown_fields(models[row["model"]], row["after"]):
                if isinstance(field, ForeignKey):
                    keys = wanted.setdefault(field.related_model, set())
                    keys |= {row[side].get(_column(field)) for side in ("after", "before")}
        self._names = {model: _by_key(model, keys - {None}) for model, keys in wanted.items()}

    def person(self, pk: Any) -> str:
        """Who it was; empty for nobody who is known."""
        return self._names[get_user_model()].get(pk, "")

    def said(self, field: "Field[Any, Any]", value: Any) -> str:
        """A value as a screen may show it."""
        if value is None or value == "":
            return ""
        if isinstance(field, EncryptedTextField):
            return _MASKS.get(field.name, _all_stars)(decrypted(value))
        if isinstance(field, ForeignKey):
            return self._names.get(field.related_model, {}).get(value, f"#{value}")
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        choices = dict(field.flatchoices)
        if isinstance(value, list):
            choices = dict(getattr(getattr(field, "base_field", field), "flatchoices", []))
            return "、".join(str(choices.get(each, each)) for each in value)
        return str(choices.get(value, value))

    def of_row(self, model: type[Model], row: Mapping[str, Any]) -> str:
        """What the object is called, by its own columns or by what it belongs to."""
        for field in _shown_fields(model, row):
            if field.name in ("number", "name", "username", "member", "household", "user", "part"):
                return self.said(field, row[_column(field)]) or "-"
        return "-"


def _by_key(model: type[Model], keys: set[Any]) -> dict[Any, str]:
    """A short name of each: its number or name, or its key where that takes another query."""
    if not keys:
        return {}
    columns = {field.name: field for field in model._meta.concrete_fields}
    for name in ("number", "display_name", "name", "username"):
        if name in columns:
            encrypted = isinstance(columns[name], EncryptedTextField)
            found = model._base_manager.filter(pk__in=keys).values_list("pk", name)
            return {pk: mask_name(text) if encrypted else str(text) for pk, text in found}
    return {}
