"""Who may see which rows: a jurisdiction is a set of subtrees of the region tree."""

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from lukou_market.regions.models import Region

M = TypeVar("M", bound=Model)
CODE_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """The subtrees a person may see, as code prefixes; `("",)` is everything, `()` nothing."""

    prefixes: tuple[str, ...]

    @classmethod
    def of_regions(cls, regions: "list[Region]") -> "Jurisdiction":
        """The union of the subtrees below `regions`."""
        return cls(tuple(region.subtree_prefix for region in regions))

    def __bool__(self) -> bool:
        """Whether there is any place in it."""
        return bool(self.prefixes)

    def covers(self, region_code: str) -> bool:
        """Whether the region with this 12-digit code lies inside."""
        return any(region_code.startswith(prefix) for prefix in self.prefixes)

    def condition(self, path: str) -> Q:
        """A filter for rows whose region code, found at `path` ("village_id"), lies inside."""
        inside = Q(pk__in=[])
        for prefix in self.prefixes:
            # A prefix as a range of codes: foreign keys compare but know no startswith.
            first, last = prefix.ljust(CODE_LENGTH, "0"), prefix.ljust(CODE_LENGTH, "9")
            inside |= Q(**{f"{path}__gte": first, f"{path}__lte": last})
        return inside

    def scope(self, rows: QuerySet[M], path: str) -> QuerySet[M]:
        """Only the rows inside."""
        return rows if "" in self.prefixes else rows.filter(self.condition(path))


EVERYWHERE = Jurisdiction(("",))
