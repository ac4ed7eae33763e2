"""Search for what begins with the text: each field by its own index, the newest first.

A condition over two fields, or one that is read beside an order by id, reads the whole table.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
FOUND = 50
"""Rows for each field: who finds more writes more of the number."""
_BEGINS = "__startswith"


def are_beginnings(fields: Sequence[str]) -> bool:
    """Whether all are searched by how they begin."""
    return bool(fields) and all(field.endswith(_BEGINS) for field in fields)


def begin_with(rows: QuerySet[M], fields: Sequence[str], text: str) -> QuerySet[M]:
    """Those of the rows of which one field begins so, at most `FOUND` for each field."""
    keys: set[Any] = set()
    for field in fields:
        found = rows.filter(**{field: text}).order_by(f"-{field.removesuffix(_BEGINS)}")
        keys.update(found.values_list("pk", flat=True)[:FOUND])
    return rows.filter(pk__in=keys)
