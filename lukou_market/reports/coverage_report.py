"""Coverage: of the registered households and people, how many an aid project reaches."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Left
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lukou_market.households.models import AidProject, Category, Household
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.regions.models import Level, Region
from lukou_market.reports.aid_sales import DIGITS_BELOW
from lukou_market.reports.question import Question
from lukou_market.reports.sheet import Column, Row, Sheet, Unit, added_up, part_bp

COLUMNS = (
    Column(gettext_lazy("Region")),
    Column(gettext_lazy("Registered households"), Unit.COUNT),
    Column(gettext_lazy("Households covered"), Unit.COUNT),
    Column(gettext_lazy("Covered, of households"), Unit.BP, adds_up=False),
    Column(gettext_lazy("Registered people"), Unit.COUNT),
    Column(gettext_lazy("People covered"), Unit.COUNT),
    Column(gettext_lazy("Covered, of people"), Unit.BP, adds_up=False),
    Column(gettext_lazy("Able and willing"), Unit.COUNT),
    Column(gettext_lazy("Able and willing covered"), Unit.COUNT),
    Column(gettext_lazy("Covered, of able and willing"), Unit.BP, adds_up=False),
)
_PARTS = (3, 6, 9)
_COVERED, _ABLE = Q(covered=True), Q(able_and_willing=True)


def coverage_report(question: Question) -> Sheet:
    """The registers as they stand, whatever the period; general households don't count."""
    level = Level(question.region.level)
    counted = _counted(question, DIGITS_BELOW.get(level, 12))
    regions = [question.region] if level == Level.VILLAGE else question.region.children.all()
    rows = [_row(region, counted.get(region.subtree_prefix, {})) for region in regions]
    totals = added_up(COLUMNS, rows, _("Total"))
    for part in _PARTS:
        totals[part] = _part(totals, part)
    return Sheet(COLUMNS, rows, totals)


def _counted(question: Question, digits: int) -> dict[str, dict[str, Any]]:
    projects = AidProject.households.through.objects.filter(household=OuterRef("pk"))
    inside = Jurisdiction.of_regions([question.region]).scope(Household.objects.all(), "village_id")
    poor = inside.exclude(category=Category.GENERAL).annotate(covered=Exists(projects))
    by_region = poor.values(key=Left("village_id", digits)).annotate(
        households=Count("pk", distinct=True),
        covered_households=Count("pk", distinct=True, filter=_COVERED),
        people=Count("members"),
        covered_people=Count("members", filter=_COVERED),
        able=Count("pk", distinct=True, filter=_ABLE),
        covered_able=Count("pk", distinct=True, filter=_ABLE & _COVERED),
    )
    return {row["key"]: dict(row) for row in by_region.order_by()}


def _row(region: Region, counted: dict[str, Any]) -> Row:
    pairs = (
        ("households", "covered_households"),
        ("people", "covered_people"),
        ("able", "covered_able"),
    )
    cells: list[Any] = [region.name]
    for whole, part in pairs:
        cells += [counted.get(whole, 0), counted.get(part, 0), None]
    for n in _PARTS:
        cells[n] = _part(cells, n)
    return Row(cells, about=region)


def _part(cells: list[Any], n: int) -> int | None:
    return part_bp(cells[n - 1], cells[n - 2])
