"""How to reach each page of the desk that is not one of the admin's own.

One line for each route: the page's addresses that are about one village, as a function of the
world and the village's mark. `by_region` does for pages that take `?region=`, `has_no_region`
for those that are about the asker's own region only. Every route without parameters is also
asked for as it stands. `world.row(mark, "household")` is the village's row of a model.
"""

import re
from collections.abc import Callable

from lukou_market.reports.kinds import Kind
from tests.cadre.matrix.world import VILLAGES, World

Way = Callable[[World, str], list[str]]


def by_region(world: World, mark: str) -> list[str]:
    """This year's, and another period of the same."""
    region = f"?region={VILLAGES[mark]}"
    return [region, f"{region}&from=2026-06&to=2026-06&channel=livestream"]


def has_no_region(world: World, mark: str) -> list[str]:
    """Nothing in its address says which village."""
    return []


def with_row(name: str, key: str = "pk") -> Way:
    """One parameter: a row of the village."""
    return lambda world, mark: [str(getattr(world.row(mark, name), key))]


def report_of_june(world: World, mark: str) -> list[str]:
    """The report that the village has prepared."""
    return [f"{VILLAGES[mark]} 2026-06"]


def each_report(*formats: str) -> Way:
    """Every kind, in each of the formats."""
    return lambda world, mark: [
        f"{kind}{file_format}?region={VILLAGES[mark]}&from=2026-06&to=2026-06"
        for kind in Kind.values
        for file_format in formats
    ]


_NOTICE = "admin/public-notices/<str:code>/<month:month>/"
_REPORT = "admin/village-reports/<slug:village>/<month:month>/"

WAYS: dict[str, Way] = {
    "admin/aid-sales/": by_region,
    "admin/aid-sales/export/": by_region,
    "admin/trace/households/<int:pk>/": with_row("household"),
    "admin/trace/orders/<slug:number>/": with_row("order", "number"),
    "admin/statements/": by_region,
    "admin/statements/households/<int:pk>/": with_row("household"),
    "admin/statements/households/<int:pk>/phone/": with_row("household"),
    "admin/statements/print/": by_region,
    "admin/statements/texts/": by_region,
    "admin/disputes/<int:pk>/evidence/": with_row("dispute"),
    "api/v1/orders/<slug:number>/trace/": with_row("order", "number"),
    "api/v1/households/<slug:number>/trace/": lambda world, mark: [
        f"H{VILLAGES[mark]}?first_month=2026-06"
    ],
    "admin/village-reports/": has_no_region,
    _REPORT: report_of_june,
    f"{_REPORT}file/": report_of_june,
    f"{_REPORT}prepare/": report_of_june,
    f"{_REPORT}return/": report_of_june,
    f"{_REPORT}reviewed/": report_of_june,
    f"{_REPORT}approved/": report_of_june,
    f"{_REPORT}published/": report_of_june,
    "admin/report/<slug:kind>/": each_report(""),
    "admin/report/<slug:kind>/<slug:file_format>/": each_report(" xlsx", " csv", " pdf"),
    "admin/exports/": has_no_region,
    "admin/projects/": has_no_region,
    "admin/exports/<int:pk>/": with_row("export"),
    "admin/exports/<int:pk>/file/": with_row("export"),
    "admin/exports/<int:pk>/state/": with_row("export"),
    "admin/screening/": has_no_region,
    "admin/screening/<int:pk>/": with_row("saleflag"),
    "admin/screening/<int:pk>/decide/": with_row("saleflag"),
    "admin/screening/raise/": has_no_region,
    "admin/screening/rules/": has_no_region,
    "admin/screening/rules/change/": has_no_region,
    "admin/public-notices/": has_no_region,
    "admin/public-notices/<slug:number>/": with_row("publicnotice", "number"),
    "admin/public-notices/<slug:number>/proof/": with_row("publicnotice", "number"),
    f"{_NOTICE}post/": report_of_june,
    f"{_NOTICE}post/now/": report_of_june,
    "admin/objections/": has_no_region,
    **{
        f"admin/objections/<slug:number>/{page}": with_row("objection", "number")
        for page in ("", "look/", "handle/")
    },
    "admin/imports/": has_no_region,
    "admin/changes/": has_no_region,
    "admin/changes/export/": has_no_region,
    "admin/confirm/": has_no_region,
    "admin/sign-ins/": has_no_region,
    "admin/access_log/accessrecord/export/": has_no_region,
    # The district's: tests/cadre/test_periods.py.
    "admin/periods/": has_no_region,
    "admin/periods/<month:month>/": has_no_region,
    "admin/periods/<month:month>/prepare/": has_no_region,
    "admin/periods/<month:month>/sign/": has_no_region,
    "admin/periods/<month:month>/file/": has_no_region,
    "admin/periods/<month:month>/restatement/": has_no_region,
    # The admin site's own, beside lists and forms.
    "admin/": has_no_region,
    "admin/search/": lambda world, mark: [f"?s={text}&extended=1" for text in (mark, "村", "H4")],
    "admin/jsi18n/": has_no_region,
    "admin/password_change/": has_no_region,
    "admin/password_change/done/": has_no_region,
}
"""Each answer completes its route: the parameters, with spaces between them, and "?…"."""

NOT_ABOUT_A_VILLAGE: dict[str, list[str]] = {
    "admin/imports/<slug:kind>/template/": ["households"],
    "admin/imports/<slug:kind>/check/": ["households"],
    "admin/imports/<slug:kind>/apply/": ["households"],
}
"""Parameters that say nothing of a place: for the asker the page is about their own region."""

NOT_CRAWLED = {
    "admin/login/", "admin/logout/", "admin/login/code/", "admin/login/enrol/",
    # A superuser's, of anybody: tests/cadre/test_staff_sign_in.py.
    "admin/sign-ins/<int:user_id>/", "admin/sign-ins/<int:user_id>/end/",
    "admin/autocomplete/", "admin/(?P<url>.*)$",
    "admin/r/<path:content_type_id>/<path:object_id>/", "admin/households/benefitlink/add/preview/",
}  # fmt: skip
"""Signing in and out; what the crawl asks for field by field; redirects; forms to post to."""


ITS_OWNERS = [route for route in WAYS if route.startswith("admin/exports/<")]
"""Refused to everybody but one person, in the same village too."""


def address(route: str, completed: str) -> str:
    """The route's address with its parameters, told apart by spaces, and its query filled in."""
    parameters, mark, query = completed.partition("?")
    values = iter(parameters.split())
    filled = re.sub(r"<[^>]+>", lambda hole: next(values), route)
    return f"/{filled}{mark}{query}"
