"""Pages of objects, newest first, and the expansion of ids into objects."""

import operator
from collections.abc import Callable, Collection

from .errors import ParameterError, no_such
from .store import Json, Store

_BOUNDS: dict[str, Callable[[int, int], bool]] = {
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}


def page(
    store: Store,
    kind: str,
    params: Json,
    *,
    url: str,
    filters: Collection[str],
    ids: Collection[str] | None = None,
) -> Json:
    """One page of at most `limit` (10) objects; the cursors are ids of objects on other pages.

    `ids`, unless None, are those of the objects to choose from.
    """
    rows = [row for row in store.newest_first(kind) if _matches(row, params, filters)]
    rows = [row for row in rows if ids is None or row["id"] in ids]
    limit = params.get("limit", 10)
    if "ending_before" in params:
        rows = rows[: _position(rows, kind, params, "ending_before")]
        chosen = rows[-limit:]
    else:
        if "starting_after" in params:
            rows = rows[_position(rows, kind, params, "starting_after") + 1 :]
        chosen = rows[:limit]
    more = len(rows) > len(chosen)
    return {"object": "list", "data": chosen, "has_more": more, "url": url}


def _matches(row: Json, params: Json, filters: Collection[str]) -> bool:
    created = params.get("created", {})
    return all(row[name] == params[name] for name in filters if name in params) and all(
        _BOUNDS[bound](row["created"], second) for bound, second in created.items()
    )


def _position(rows: list[Json], kind: str, params: Json, cursor: str) -> int:
    for index, row in enumerate(rows):
        if row["id"] == params[cursor]:
            return index
    raise no_such(kind, params[cursor], status=400, param=cursor)


def expand(store: Store, thing: Json, paths: list[str]) -> Json:
    """A copy with the ids at these dotted paths replaced by their objects.

    Raises ParameterError for a path that leads to no id.
    """
    for path in paths:
        thing = _expanded(store, thing, path.split("."), path)
    return thing


def _expanded(store: Store, thing: Json, steps: list[str], path: str) -> Json:
    name, *rest = steps
    value = thing.get(name)
    if isinstance(value, list) and rest:
        return {**thing, name: [_expanded(store, one, rest, path) for one in value]}
    if name == "id" or (name not in thing) or not isinstance(value, (str, dict, type(None))):
        raise _cannot(path)
    if value is None:
        return thing
    inner = store.find(value) if isinstance(value, str) else value
    if inner is None:
        raise _cannot(path)
    return {**thing, name: _expanded(store, inner, rest, path) if rest else inner}


def _cannot(path: str) -> ParameterError:
    return ParameterError(f"This property cannot be expanded ({path}).", param="expand")
