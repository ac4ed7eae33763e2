"""Villages as spreadsheets name them: town and village; only those of a jurisdiction."""

from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.regions.models import Level, Region

TOWN, VILLAGE = "乡镇", "行政村"


class Villages:
    """The villages a person may write about."""

    def __init__(self, place: Jurisdiction) -> None:
        villages = Region.objects.filter(level=Level.VILLAGE).select_related("parent")
        self._by_name = {
            (village.parent.name if village.parent else "", village.name): village
            for village in place.scope(villages, "code")
        }

    def find(self, town: str, village: str) -> Region | None:
        """None for a village elsewhere, as for one that does not exist."""
        return self._by_name.get((town, village))
