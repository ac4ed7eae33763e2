"""List filters whose choices stay inside the region of the person who looks."""

from typing import TYPE_CHECKING, Any, cast

from django.contrib.admin import ModelAdmin, RelatedFieldListFilter, SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lukou_market.regions.desk import desk_of
from lukou_market.regions.models import Level, Region

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_TOWN_DIGITS = 9


class ScopedRelatedFilter(RelatedFieldListFilter):
    """A filter by a related row, offering those of the person's region only."""

    def field_choices(
        self, field: Any, request: HttpRequest, model_admin: "ModelAdmin[Any]"
    ) -> list[tuple[str, "str | _StrPromise"]]:
        related = model_admin.admin_site.get_model_admin(field.remote_field.model)
        return [(str(row.pk), str(row)) for row in related.get_queryset(request)]


class RegionFilter(SimpleListFilter):
    """Narrow a list to a town or village of the person's region."""

    title = cast(str, _("Region"))
    parameter_name = "region"

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        self.model_admin = model_admin
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The towns of a district cadre, and the villages of the chosen (or own) town."""
        regions = desk_of(request).jurisdiction.scope(Region.objects.all(), "code")
        prefixes = desk_of(request).jurisdiction.prefixes
        if any(len(prefix) < _TOWN_DIGITS for prefix in prefixes):
            chosen_town = (self.value() or "")[:_TOWN_DIGITS] or "none"
            below = regions.filter(level=Level.VILLAGE, code__startswith=chosen_town)
            regions = regions.filter(level=Level.TOWN) | below
        elif all(len(prefix) > _TOWN_DIGITS for prefix in prefixes) and len(prefixes) < 2:
            return []
        else:
            regions = regions.filter(level=Level.VILLAGE)
        return [(r.code, _indented(r)) for r in regions.order_by("code")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows of the chosen region; an unknown one has none."""
        if self.value() is None:
            return queryset
        region = Region.objects.filter(code=self.value()).first()
        if region is None:
            return queryset.none()
        rows: QuerySet[Any] = self.model_admin.in_region(queryset, region)
        return rows


def _indented(region: Region) -> str:
    return f"\u3000{region.name}" if region.level == Level.VILLAGE else region.name
