"""The registers that are imported, each with its columns and what plans its import."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.registers import (
    import_households,
    import_links,
    import_producers,
    import_projects,
    import_sales,
)
from lukou_market.registers.plan import Plan
from lukou_market.registers.sheet import Column, Row


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of import; `file_name` is its template's."""

    code: str
    name: Promise
    about: Promise
    file_name: str
    columns: tuple[Column, ...]
    plan: Callable[[Sequence[Row], Jurisdiction], Plan]


KINDS = {
    kind.code: kind
    for kind in (
        Kind(
            "households",
            _("Households and members"),
            _("One row for each person; the household's columns are repeated."),
            "农户及家庭成员.xlsx",
            import_households.COLUMNS,
            import_households.plan_households,
        ),
        Kind(
            "producers",
            _("Producers"),
            _("Enterprises, bases, cooperatives and households that sell."),
            "经营主体.xlsx",
            import_producers.COLUMNS,
            import_producers.plan_producers,
        ),
        Kind(
            "links",
            _("Benefit links"),
            _("A row is a version, from its day on. What was in force stays so."),
            "利益联结.xlsx",
            import_links.COLUMNS,
            import_links.plan_links,
        ),
        Kind(
            "projects",
            _("Aid projects"),
            _("One row for each household that a project covers."),
            "产业扶贫项目.xlsx",
            import_projects.COLUMNS,
            import_projects.plan_projects,
        ),
        Kind(
            "sales",
            _("Offline, union, budget-unit and 832 sales"),
            _("One row for each receipt. A wrong one is reversed and written anew."),
            "线下及单位采购销售.xlsx",
            import_sales.COLUMNS,
            import_sales.plan_sales,
        ),
    )
}
