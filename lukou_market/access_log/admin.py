"""The access log as a list: all for auditors and superusers, their region's for cadres."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateFilter

from lukou_market.access_log.export_records import export_records
from lukou_market.access_log.models import AccessRecord
from lukou_market.access_log.words import in_words
from lukou_market.regions.models import Region
from lukou_market.regions.scoped_admin import RecordAdmin
from lukou_market.regions.scoped_filters import RegionFilter


@admin.register(AccessRecord)
class AccessRecordAdmin(RecordAdmin):
    """Nobody changes it: neither here nor, in PostgreSQL, anywhere."""

    region_path = "region_code"
    list_display = ("at", "person", "action", "about", "region", "why")
    list_filter = ("action", ("at", RangeDateFilter), RegionFilter)
    list_filter_submit = True
    list_select_related = ("actor",)
    list_before_template = "access_log/export.html"
    search_fields = ("subject",)
    search_help_text = _("User name, or how the subject begins")
    ordering = ("-id",)
    fields = ("at", "person", "action", "about", "region", "why")
    readonly_fields = ("at", "person", "about", "region", "why")

    @admin.display(description=_("Person"))
    def person(self, record: AccessRecord) -> str:
        """By user name: shown names are not unique."""
        if record.actor is None:
            return "-"
        return record.actor.get_username() or str(record.actor)

    @admin.display(description=_("Subject"), ordering="subject")
    def about(self, record: AccessRecord) -> str:
        """What it was about, in words."""
        return in_words(record.subject)

    @admin.display(description=_("Reason"))
    def why(self, record: AccessRecord) -> str:
        """The reason given, or how somebody came in."""
        return in_words(record.reason)

    @admin.display(description=_("Region"))
    def region(self, record: AccessRecord) -> str:
        """Its name."""
        name: str | None = getattr(record, "region_name", None)
        return name or record.region_code or "-"

    def get_queryset(self, request: HttpRequest) -> QuerySet[AccessRecord]:
        records: QuerySet[AccessRecord] = super().get_queryset(request)
        region = Region.objects.filter(code=OuterRef("region_code"))
        return records.annotate(region_name=Subquery(region.values("name")))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[AccessRecord], search_term: str
    ) -> tuple[QuerySet[AccessRecord], bool]:
        """By person or by subject, each from an index."""
        if not search_term:
            return queryset, False
        named = get_user_model()._default_manager.filter(username=search_term.strip())
        found = Q(subject__startswith=search_term) | Q(actor__in=list(named.values_list("pk")))
        return queryset.filter(found), False

    def get_urls(self) -> list[URLPattern]:
        export = self.admin_site.admin_view(self.export)
        mine = [path("export/", export, name="access_log_accessrecord_export")]
        return [*mine, *super().get_urls()]

    def export(self, request: HttpRequest) -> StreamingHttpResponse:
        """What the list shows, as CSV."""
        chosen: Any = self.get_changelist_instance(request)
        return export_records(request, chosen.queryset)
