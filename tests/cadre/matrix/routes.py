"""Every address of the desk, found by asking the resolver."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

FOR_CADRES_TOO = ("api/v1/orders/<slug:number>/trace/", "api/v1/households/<slug:number>/trace/")
"""Of the API: what a cadre's session opens. The rest: tests/test_who_sees_what.py."""


def desk_routes() -> list[str]:
    """Routes of the admin site and of the cadre's pages beside it."""
    found = {route for route in _routes(get_resolver(), "") if _is_of_the_desk(route)}
    return sorted(found)


def _is_of_the_desk(route: str) -> bool:
    return route.startswith("admin/") or route in FOR_CADRES_TOO


def _routes(resolver: URLResolver, before: str) -> Iterator[str]:
    for part in resolver.url_patterns:
        route = before + str(part.pattern)
        if isinstance(part, URLResolver):
            yield from _routes(part, route)
        elif isinstance(part, URLPattern):
            yield route
