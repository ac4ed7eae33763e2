"""Three villages in two towns, filled with rows of every model, each with its village's mark."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.db import connection
from django.db.models import Model

from lukou_market.accounts.models import Role
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.catalog.models import LotSupply
from lukou_market.households.models import Household
from lukou_market.orders.models import Order
from lukou_market.streams.models import Offer
from lukou_market.village_reports.prepare_report import prepare_report
from tests.aid.months import IN_JULY
from tests.benchmarks.support.paid_orders import receive_orders
from tests.cadre.furnish import JUNE, furnish
from tests.cadre.furnish_district import furnish_district
from tests.cadre.matrix.desk_rows import furnish_desk
from tests.factories import NOW, make_region, make_staff, make_user, place_paid

VILLAGES = {"郄": "430212101001", "厍": "430212101002", "仉": "430212102001"}
"""郄 and 厍 share a town. Rare surnames, so that no sentence of a page has one by chance."""
NEW_VILLAGES = {"郄": "430212101007", "厍": "430212101008", "仉": "430212102007"}
"""What else appears in the same places once a page has been read."""

Rows = dict[type[Model], list[Model]]


@dataclass
class World:
    """What there is: each village's rows by model, and the texts only its own cadres may read."""

    rows: dict[str, Rows] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)

    def row(self, mark: str, name: str) -> Any:
        """A row of the village by its model's name. StopIteration: furnish.py makes none."""
        found = (rows for model, rows in self.rows[mark].items() if _name(model) == name)
        return next(found)[0]

    def of(self, marks: Iterable[str], model: type[Model]) -> list[Model]:
        """The villages' rows of a model."""
        return [row for mark in marks for row in self.rows[mark].get(model, [])]

    def texts_of(self, marks: Iterable[str]) -> list[str]:
        """The marks, and every number that names a row of these villages."""
        return [text for mark in marks for text in self.texts[mark]]


def build_world() -> World:
    """Furnish the villages, post what they sold, and let some rows reach across."""
    world = World()
    for code in VILLAGES.values():
        make_region(code[:9] + "000")
    for mark, code in VILLAGES.items():
        _add(world, mark, code)
    _reach_across(world)
    _post()
    for mark, code in VILLAGES.items():
        for row in _report(mark, code):
            world.rows[mark][type(row)] = [row]
    return world


def grow(marks: Iterable[str]) -> None:
    """More of everything in new villages of the same towns."""
    for mark in marks:
        code = NEW_VILLAGES[mark]
        _furnish(f"{mark}新", code)
    _post()
    for mark in marks:
        _report(f"{mark}新", NEW_VILLAGES[mark])


def _add(world: World, mark: str, code: str) -> None:
    known = {model: _keys(model) for model in admin.site._registry}
    _furnish(mark, code)
    world.rows[mark] = {
        model: list(model._base_manager.exclude(pk__in=keys)) for model, keys in known.items()
    }
    order = world.row(mark, "order").number
    world.texts[mark] = [mark, f"H{code}", order]


def _furnish(mark: str, code: str) -> None:
    rows = furnish(code, mark)
    furnish_district(rows, mark)
    Household.objects.filter(village_id=code).update(number=f"H{code}")
    # The furnished sale waits for a lot; this one is posted, so that there are amounts to meet.
    offer = next(row for row in rows if isinstance(row, Offer))
    place_paid(make_user(f"{mark}第二买家"), offer)


def _reach_across(world: World) -> None:
    """A project covers a household of another town, a lot has goods from there too."""
    project, lot = world.row("郄", "aidproject"), world.row("郄", "harvestlot")
    project.households.add(world.row("仉", "household"))
    LotSupply.objects.create(lot=lot, farmer=world.row("仉", "farmer"), weight_g=1000)


def _report(mark: str, code: str) -> list[Model]:
    """June's, prepared by a cadre of the village, and what the desk makes of it."""
    village = make_region(code)
    by = make_staff(f"{mark}编报", role=Role.CADRE, region=village)
    report = prepare_report(village=village, month=JUNE, remark=f"{mark}说明", by=by, now=IN_JULY)
    order = Order.objects.filter(lines__producer__village=village)[0]
    return furnish_desk(report, order, Household.objects.filter(village=village)[0], mark)


def _post() -> None:
    while post_due_orders(now=NOW):
        pass
    receive_orders(now=NOW)
    with connection.cursor() as cursor:  # its triggers' rest would last as long as the test
        cursor.execute("SET LOCAL session_replication_role = origin")
    while post_due_orders(now=NOW):
        pass


def _keys(model: type[Model]) -> list[Any]:
    return list(model._base_manager.values_list("pk", flat=True))


def _name(model: type[Model]) -> str:
    return str(model._meta.model_name)
