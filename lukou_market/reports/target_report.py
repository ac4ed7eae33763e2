"""Targets: what is approved for the year, what is done of it, and who is ahead."""

from dataclasses import replace
from datetime import date

from django.db.models.functions import Left
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lukou_market.regions.models import Level, Region
from lukou_market.reports.aid_sales import DIGITS_BELOW
from lukou_market.reports.figures import sales_by
from lukou_market.reports.question import Question
from lukou_market.reports.sheet import Column, Row, Sheet, Unit, part_bp
from lukou_market.reports.targets import targets_in_force

COLUMNS = (
    Column(gettext_lazy("Region")),
    Column(gettext_lazy("Approved target"), Unit.FEN, adds_up=False),
    Column(gettext_lazy("Done"), Unit.FEN),
    Column(gettext_lazy("Completed"), Unit.BP, adds_up=False),
    Column(gettext_lazy("Rank"), Unit.COUNT, adds_up=False),
    Column(gettext_lazy("Done a year before"), Unit.FEN),
)
_YEAR = 12


def target_report(question: Question) -> Sheet:
    """The towns or villages below, best first; from January to the last month asked for.

    Regions without an approved target have no rank. The total's target is the region's own.
    """
    asked = replace(question, first_month=date(question.last_month.year, 1, 1))
    regions = _regions(asked.region)
    done = _net_fen(asked, regions)
    before = _net_fen(asked.moved(-_YEAR), regions)
    targets = {
        code: target.target_fen
        for code, target in targets_in_force(
            year=asked.last_month.year, regions=[*regions, asked.region]
        ).items()
    }
    parts = {
        region.code: part_bp(done[region.code], targets.get(region.code, 0)) for region in regions
    }
    ranked = sorted(
        regions, key=lambda region: (parts[region.code] is None, -(parts[region.code] or 0))
    )
    rows = [
        Row(
            [
                region.name, targets.get(region.code), done[region.code], parts[region.code],
                _rank(parts[region.code], list(parts.values())), before[region.code],
            ],
            about=region,
        )
        for region in ranked
    ]  # fmt: skip
    total, own = sum(done.values()), targets.get(asked.region.code)
    totals = [_("Total"), own, total, part_bp(total, own or 0), None, sum(before.values())]
    return Sheet(COLUMNS, rows, totals)


def _regions(region: Region) -> list[Region]:
    if region.level == Level.VILLAGE:
        return [region]
    return list(Region.objects.filter(parent=region))


def _net_fen(question: Question, regions: list[Region]) -> dict[str, int]:
    digits = DIGITS_BELOW.get(Level(question.region.level), 12)
    sales = sales_by(question, Left("producer__village_id", digits))
    return {region.code: sales[region.subtree_prefix].net_fen for region in regions}


def _rank(part: int | None, parts: list[int | None]) -> int | None:
    """Equal parts share a rank."""
    if part is None:
        return None
    return 1 + sum(other is not None and other > part for other in parts)
