"""Admin of the region tree."""

from django.contrib import admin

from lukou_market.regions.models import Region
from lukou_market.regions.scoped_admin import ScopedModelAdmin


@admin.register(Region)
class RegionAdmin(ScopedModelAdmin):
    """Cadres read their subtree; only superusers change the tree."""

    region_path = "code"
    list_display = ("name", "level", "parent", "code")
    list_filter = ("level",)
    list_select_related = ("parent",)
    search_fields = ("name", "code__startswith")
    autocomplete_fields = ("parent",)
