"""The admin by region and role: a cadre meets only rows of their subtree, wherever they look.

Lists, pages, choices of related rows, autocompletion and filters all start from
`get_queryset`, which is scoped here and nowhere else. Django's permission table is unused.
"""

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.contrib import messages
from django.contrib.admin.utils import get_fields_from_path, lookup_spawns_duplicates
from django.contrib.postgres.fields import DateRangeField
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, models
from django.db.models import Model, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.paginator import InfinitePaginator

from lukou_market.kernel.history import changes_of, is_tracked
from lukou_market.regions.desk import desk_of
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.regions.models import Level, Region
from lukou_market.regions.range_widget import DateRangeWidget
from lukou_market.regions.scoped_filters import ScopedRelatedFilter
from lukou_market.regions.search import are_beginnings, begin_with
from lukou_market.regions.search_hint import search_hint

if TYPE_CHECKING:  # unfold has no types; its classes extend Django's
    from django.contrib import admin
    from django.contrib.admin.views.main import ChangeList

    _ModelAdmin = admin.ModelAdmin[Any]
    _TabularInline = admin.TabularInline[Any, Any]
else:
    _ModelAdmin, _TabularInline = ModelAdmin, TabularInline

M = TypeVar("M", bound=Model)
ROWS_OF_CHOICES = 8
"""Inline rows on a page where each completes a choice, which asks the database once for each."""
_REFUSED = _("A rule of the register refuses this. Nothing was saved.")


def within(rows: QuerySet[M], region_path: str | None, place: Jurisdiction) -> QuerySet[M]:
    """The rows whose region, found at `region_path`, lies in `place`, each once.

    Rows without a region (path None) belong to those who see everything.
    """
    if "" in place.prefixes:
        return rows
    if region_path is None:
        return rows.none()
    if lookup_spawns_duplicates(rows.model._meta, region_path):
        inside = place.scope(rows.model._base_manager.all(), region_path)
        return rows.filter(pk__in=inside.values("pk"))
    return place.scope(rows, region_path)


class _ByRole:
    """Who may do what: superusers all, auditors look, cadres keep the registers of their region."""

    region_path: ClassVar[str | None] = None
    kept_by_cadres: ClassVar[bool] = False
    removable_by_cadres: ClassVar[bool] = False
    record_only: ClassVar[bool] = False
    """What use cases write; nobody changes it here, superusers included."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        desk = desk_of(request)
        return desk.sees_everything or (desk.is_manned and self.region_path is not None)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        desk = desk_of(request)
        return not self.record_only and (
            desk.is_superuser or (self.kept_by_cadres and desk.keeps_registers)
        )

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request) and (
            desk_of(request).is_superuser or self.removable_by_cadres
        )


class _ScopedChoices:
    """Related rows to choose from are those of the region too."""

    if TYPE_CHECKING:
        admin_site: admin.AdminSite

    def formfield_for_foreignkey(
        self, db_field: "models.ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> "ModelChoiceField[Any] | None":
        related = db_field.remote_field.model
        if self.admin_site.is_registered(related):
            choices = self.admin_site.get_model_admin(related).get_queryset(request)
            if related is Region and db_field.name == "village":
                choices = choices.filter(level=Level.VILLAGE)
            kwargs.setdefault("queryset", choices)
        field: ModelChoiceField[Any] | None = super().formfield_for_foreignkey(  # type: ignore[misc]
            db_field, request, **kwargs
        )
        return field


class ScopedModelAdmin(_ByRole, _ScopedChoices, _ModelAdmin):
    """A model's admin, scoped by the region found at `region_path` ("household__village_id")."""

    refusals: ClassVar[dict[str, Promise]] = {}
    """What to say when the database refuses, by the constraint's name."""
    shown_as: ClassVar[dict[str, str]] = {}
    """For who only looks: the column that says in words what a field's form asks for."""
    formfield_overrides = {DateRangeField: {"widget": DateRangeWidget}}
    show_full_result_count = False
    list_per_page = 50
    compressed_fields = True
    warn_unsaved_form = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return within(rows, self.region_path, desk_of(request).jurisdiction)

    def get_changelist_instance(self, request: HttpRequest) -> "ChangeList":
        """The list; its search box says what it searches."""
        changelist = super().get_changelist_instance(request)
        if not self.search_help_text:
            hint = search_hint(self.model, changelist.search_fields)
            changelist.search_help_text = hint
        return changelist

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if not self.shown_as or self.has_change_permission(request, obj):
            return fieldsets
        shown: dict[Any, str] = self.shown_as
        return [
            (title, {**of, "fields": [shown.get(name, name) for name in of["fields"]]})
            for title, of in fieldsets
        ]

    def in_region(self, rows: QuerySet[M], region: Region) -> QuerySet[M]:
        """The rows of one region, for `RegionFilter`."""
        return within(rows, self.region_path, Jurisdiction.of_regions([region]))

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [self._scoped_filter(chosen) for chosen in super().get_list_filter(request)]

    def _scoped_filter(self, chosen: Any) -> Any:
        if isinstance(chosen, str) and get_fields_from_path(self.model, chosen)[-1].is_relation:
            return (chosen, ScopedRelatedFilter)
        return chosen

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Who changed what of the row, where that is kept; personal data is masked."""
        row = self.get_object(request, object_id)
        if row is None or not is_tracked(self.model):
            return super().history_view(request, object_id, extra_context)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of changes"),
            "row": row,
            "opts": self.opts,
            "changes": changes_of(self.model, row.pk),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "cadre/history.html", context)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        # Deferred rules speak now, before anybody is told that the row was saved.
        connection.check_constraints()

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError as error:
            # A rule that only the database can keep; nothing was saved.
            broken = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
            messages.error(request, str(self.refusals.get(broken or "", _REFUSED)))
            return HttpResponseRedirect(request.get_full_path())


class RecordAdmin(ScopedModelAdmin):
    """Rows written by use cases, to look at only; tables too big to count for every page."""

    record_only = True
    paginator = InfinitePaginator

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        fields, text = self.get_search_fields(request), search_term.strip()
        if text and are_beginnings(fields):
            return begin_with(queryset, fields, text), False
        return super().get_search_results(request, queryset, search_term)


class ScopedInline(_ByRole, _ScopedChoices, _TabularInline):
    """Rows below a row that is itself scoped; with a `region_path` they are scoped again."""

    extra = 0
    hide_title = True
    region_path = ""
    tab = True

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        if self.model._meta.auto_created:  # a table between two models has no words of its own
            kwargs.setdefault("labels", _labels_of_what_it_joins(self.model))
        return super().get_formset(request, obj, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        if self.region_path == "":
            return rows
        return within(rows, self.region_path, desk_of(request).jurisdiction)


def _labels_of_what_it_joins(table: type[Model]) -> dict[str, str]:
    joined = [field for field in table._meta.fields if isinstance(field, models.ForeignKey)]
    return {
        field.name: capfirst(str(field.remote_field.model._meta.verbose_name)) for field in joined
    }


class RecordInline(ScopedInline):
    """Rows below a row, to look at only."""

    record_only = True
    can_delete = False
