"""What the places below a region have sold this year, beside what they are to sell."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import F, Sum
from django.db.models.functions import Left

from lukou_market.aid.models import ProducerTotal
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.regions.models import Level, Region
from lukou_market.reports.sheet import part_bp
from lukou_market.reports.targets import targets_in_force

_DIGITS_BELOW = {Level.DISTRICT: 9, Level.TOWN: 12}


@dataclass(frozen=True, slots=True)
class Place:
    """A town or village: net sales of the year up to a month, and its approved target, in fen.

    `rank` is by completion, equal ones share it; None without a target.
    """

    region: Region
    net_fen: int
    target_fen: int | None = None
    rank: int | None = None

    @property
    def completion_bp(self) -> int | None:
        """How much of the target is done, in basis points; None without a target."""
        return _completion_bp(self.net_fen, self.target_fen)

    @property
    def shade(self) -> int:
        """Its step on the scale of five: 0 without a target, 1 to 5 by quarters done."""
        done = self.completion_bp
        return 0 if done is None else 1 + min(4, done // 2500)


@dataclass(frozen=True, slots=True)
class Progress:
    """A region and the places below it, best completion first, then largest sales."""

    places: Sequence[Place]
    net_fen: int
    target_fen: int | None

    @property
    def completion_bp(self) -> int | None:
        """Of the region's own target, or else of its places' targets together."""
        return _completion_bp(self.net_fen, self.target_fen)


def progress(region: Region, month: date) -> Progress:
    """The year's sales to the end of `month`; of a village, which has no places below, its own."""
    below = list(Region.objects.filter(parent=region))
    targets = targets_in_force(year=month.year, regions=[region, *below])
    sold = _net_by_place(region, month)
    own = targets.get(region.code)
    places = [
        Place(
            place,
            sold.get(place.subtree_prefix, 0),
            targets[place.code].target_fen if place.code in targets else None,
        )
        for place in below
    ]
    of_places = [place.target_fen for place in places if place.target_fen is not None]
    together = sum(of_places) if of_places else None
    return Progress(_ranked(places), sum(sold.values()), own.target_fen if own else together)


def _net_by_place(region: Region, month: date) -> dict[str, int]:
    year = ProducerTotal.objects.filter(month__gte=month.replace(month=1), month__lte=month)
    inside = Jurisdiction.of_regions([region]).scope(year, "producer__village_id")
    digits = _DIGITS_BELOW.get(Level(region.level), 12)
    sums = inside.values(place=Left("producer__village_id", digits)).annotate(
        net=Sum(F("gross_fen") - F("refunded_fen"))
    )
    return {row["place"]: row["net"] for row in sums}


def _ranked(places: Sequence[Place]) -> list[Place]:
    best_first = sorted(places, key=_best_first)
    done = [place.completion_bp for place in best_first]
    return [
        replace(place, rank=None if bp is None else done.index(bp) + 1)
        for place, bp in zip(best_first, done, strict=True)
    ]


def _best_first(place: Place) -> tuple[bool, int, int, str]:
    done = place.completion_bp
    return (done is None, -(done or 0), -place.net_fen, place.region.code)


def _completion_bp(net_fen: int, target_fen: int | None) -> int | None:
    return None if target_fen is None else part_bp(max(0, net_fen), target_fen)
