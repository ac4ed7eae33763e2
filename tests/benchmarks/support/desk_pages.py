"""The addresses of the desk's pages that one person may open."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.test import Client
from django.urls import reverse

from tests.cadre.matrix.routes import desk_routes
from tests.cadre.matrix.ways import WAYS, address
from tests.cadre.matrix.world import VILLAGES, World

MARK = "郄"
"""Whose rows are opened; its town is the visitor's."""
_SEARCHED = ("B1", "无此")
_JUNE = f"region={VILLAGES[MARK][:9]}000&from=2026-06&to=2026-06"
_AT_SIZE = (
    "/admin/?month=2026-06", f"/admin/?month=2026-06&region={VILLAGES[MARK]}",
    f"/admin/aid-sales/?{_JUNE}", f"/admin/statements/?{_JUNE}",
    *(f"/admin/report/{kind}/?{_JUNE}"
      for kind in ("channel", "target", "stream", "household", "coverage", "lines")),
    "/admin/village-reports/?month=2026-06", "/admin/objections/?all=yes",
    "/admin/screening/?status=upheld", "/admin/screening/?rule=burst",
    f"/admin/projects/?{_JUNE}",
)  # fmt: skip
"""About the whole town in the month in which everything was sold."""


def pages_of(client: Client, world: World) -> Iterator[str]:
    """Every list, searched and filtered, a row of each, and every other page, if it is a page."""
    asked = [*_lists(client, world), *_others(world), *_AT_SIZE]
    return (where for where in dict.fromkeys(asked) if _is_page(client.get(where)))


def _is_page(answer: Any) -> bool:
    kind = str(answer.headers.get("Content-Type"))
    return bool(answer.status_code == 200) and kind.startswith("text/html")


def _lists(client: Client, world: World) -> Iterator[str]:
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        where = reverse(f"{name}_changelist")
        page = client.get(where)
        if page.status_code != 200:
            continue
        yield where
        yield from (f"{where}{query}" for query in _narrowed(page.context["cl"]))
        for row in world.of(MARK, model)[:1]:
            yield reverse(f"{name}_change", args=[row.pk])


def _narrowed(listed: Any) -> Iterator[str]:
    """The list searched, and by the first choice of its first filter."""
    if listed.search_fields:
        yield from (f"?{urlencode({'q': text})}" for text in _SEARCHED)
    for spec in listed.filter_specs[:1]:
        for choice in list(spec.choices(listed))[1:2]:
            yield choice.get("query_string", "?")


def _others(world: World) -> Iterator[str]:
    """What has an address of its own: as it stands, and about the village."""
    for route in desk_routes():
        if route in WAYS and "<" not in route:
            yield f"/{route}"
        for completed in WAYS[route](world, MARK) if route in WAYS else ():
            yield address(route, completed)
