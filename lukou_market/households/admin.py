"""Admin of the registers: households and their members, producers, projects."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.show_in_full import ShownInFull
from lukou_market.households.household_form import HouseholdForm
from lukou_market.households.member_form import MemberForm
from lukou_market.households.models import (
    AidProject,
    Farmer,
    Household,
    HouseholdMember,
    Producer,
)
from lukou_market.households.project_form import AidProjectForm
from lukou_market.kernel.masking import mask_id_number, mask_name
from lukou_market.regions.columns import linked_column, masked_column, yuan_column
from lukou_market.regions.desk import desk_of
from lukou_market.regions.scoped_admin import (
    ROWS_OF_CHOICES,
    RecordInline,
    ScopedInline,
    ScopedModelAdmin,
)
from lukou_market.regions.scoped_filters import RegionFilter


class MemberInline(RecordInline):
    """Who belongs to a household; changed on the member's own page."""

    model = HouseholdMember
    fields = ("shown_name", "relation", "shown_id_number", "health", "labour")
    readonly_fields = ("shown_name", "shown_id_number")
    shown_name = linked_column(str, _("Full name"))
    shown_id_number = masked_column("id_number", _("ID number"), mask_id_number)


@admin.register(Household)
class HouseholdAdmin(ScopedModelAdmin):
    """Households, by register number."""

    form = HouseholdForm
    region_path = "village_id"
    kept_by_cadres = True
    list_display = ("number", "village", "category", "main_cause", "able_and_willing")
    list_filter = (RegionFilter, "category", "able_and_willing")
    list_select_related = ("village",)
    search_fields = ("number",)
    inlines = (MemberInline,)


@admin.register(HouseholdMember)
class HouseholdMemberAdmin(ShownInFull, ScopedModelAdmin):
    """People; names and ID numbers are masked, and replaced without being shown."""

    form = MemberForm
    region_path = "household__village_id"
    kept_by_cadres = True
    removable_by_cadres = True
    list_display = ("shown_name", "household", "relation", "shown_id_number", "health", "labour")
    list_filter = (RegionFilter, "relation", "health", "labour")
    list_select_related = ("household",)
    search_fields = ("household__number",)
    ordering = ("household__number", "id")
    autocomplete_fields = ("household",)
    readonly_fields = ("shown_name", "shown_id_number")
    actions_detail = ("show_in_full",)
    in_full = {"name": _("Full name"), "id_number": _("ID number")}
    shown_name = masked_column("name", _("Full name"), mask_name)
    shown_id_number = masked_column("id_number", _("ID number"), mask_id_number)

    def subject_of(self, row: HouseholdMember) -> str:
        return f"member {row.pk} of household {row.household.number}"

    def region_of_row(self, row: HouseholdMember) -> str:
        return row.household.village_id

    def get_fields(self, request: HttpRequest, obj: HouseholdMember | None = None) -> Any:
        register = ["household", "relation", "health", "labour", "months_worked"]
        if not self.has_change_permission(request):
            return ["shown_name", "shown_id_number", *register]
        shown = ["shown_name", "new_name", "shown_id_number", "new_id_number"]
        return [*(shown if obj else shown[1::2]), *register]


@admin.register(Farmer)
class FarmerAdmin(ScopedModelAdmin):
    """Members who supply goods."""

    region_path = "member__household__village_id"
    kept_by_cadres = True
    list_display = ("member", "household", "village", "supplies")
    list_filter = (RegionFilter,)
    list_select_related = ("member__household__village",)
    search_fields = ("supplies", "member__household__number")
    ordering = ("id",)
    autocomplete_fields = ("member",)

    @admin.display(description=_("Household"), ordering="member__household__number")
    def household(self, farmer: Farmer) -> str:
        """The register number."""
        return farmer.member.household.number

    @admin.display(description=_("Village"))
    def village(self, farmer: Farmer) -> str:
        """Where the household lives."""
        return farmer.member.household.village.name


@admin.register(Producer)
class ProducerAdmin(ScopedModelAdmin):
    """Sellers of record."""

    region_path = "village_id"
    kept_by_cadres = True
    list_display = ("name", "kind", "village", "household")
    list_filter = (RegionFilter, "kind")
    list_select_related = ("village", "household")
    search_fields = ("name",)
    autocomplete_fields = ("household",)


class CoveredHouseholdInline(ScopedInline):
    """The households a project covers; those of other regions are neither shown nor touched."""

    model = AidProject.households.through
    verbose_name = _("Household covered")
    verbose_name_plural = _("Households covered")
    region_path = "household__village_id"
    kept_by_cadres = True
    removable_by_cadres = True
    autocomplete_fields = ("household",)
    ordering = ("id",)
    per_page = ROWS_OF_CHOICES


class ProjectProducerInline(ScopedInline):
    """The producers a project works with; those of other regions are neither shown nor touched."""

    model = AidProject.producers.through
    verbose_name = _("Producer of the project")
    verbose_name_plural = _("Producers of the project")
    region_path = "producer__village_id"
    kept_by_cadres = True
    removable_by_cadres = True
    autocomplete_fields = ("producer",)
    ordering = ("id",)
    per_page = ROWS_OF_CHOICES


@admin.register(AidProject)
class AidProjectAdmin(ScopedModelAdmin):
    """Industry-aid projects."""

    form = AidProjectForm
    region_path = "region_id"
    kept_by_cadres = True
    list_display = (
        "name", "level", "region", "funds", "covered", "starts_on", "ends_on", "responsible",
    )  # fmt: skip
    list_filter = (RegionFilter, "level")
    list_select_related = ("region",)
    search_fields = ("name",)
    inlines = (CoveredHouseholdInline, ProjectProducerInline)
    fields = (
        "name", "level", "region", "tasks", "funding_source", "funds", "starts_on", "ends_on",
        "responsible", "mechanism",
    )  # fmt: skip
    autocomplete_fields = ("region",)
    funds = yuan_column("funding_fen", _("Funds (yuan)"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        homes = AidProject.households.through.objects.filter(aidproject=OuterRef("pk"))
        inside = desk_of(request).jurisdiction.scope(homes, "household__village_id")
        counted = inside.order_by().values("aidproject").values(count=Count("pk"))
        rows: QuerySet[AidProject] = super().get_queryset(request)
        counting: QuerySet[Any] = rows.annotate(covered=Coalesce(Subquery(counted), 0))
        return counting

    @admin.display(description=_("Households covered"), ordering="covered")
    def covered(self, project: Any) -> int:
        """How many of the person's region."""
        count: int = project.covered
        return count
