"""Admin of the benefit links: a version is tried out, made and ended, never rewritten."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lukou_market.aid.preview_link import preview_link, stated_groups
from lukou_market.aid.rules_in_words import TO_WHOM, in_words, parts_in_words
from lukou_market.households.link_form import STATES, BenefitLinkForm, has_ended
from lukou_market.households.models import BenefitLink, Household, Mechanism, PoolPart
from lukou_market.households.pool_form import PoolFormSet, PoolPartForm
from lukou_market.regions.desk import desk_of
from lukou_market.regions.models import Level
from lukou_market.regions.scoped_admin import ScopedInline, ScopedModelAdmin, within
from lukou_market.regions.scoped_filters import RegionFilter


class PoolPartInline(ScopedInline):
    """The parts of a new dividend pool."""

    model = PoolPart
    form = PoolPartForm
    formset = PoolFormSet
    kept_by_cadres = True
    tab = False
    hide_title = False
    fields = ("name", "part_bp", "income_kind", "collective", "members")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        place = desk_of(request).jurisdiction
        formset.form.reachable = within(Household.objects.all(), "village_id", place)
        return formset

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.name == "collective":
            field.queryset = field.queryset.filter(level=Level.VILLAGE)  # type: ignore[union-attr]
        return field


def _shown_for(term: str) -> str:
    mechanisms = [mechanism for mechanism, terms in STATES.items() if term in terms]
    return " || ".join(f"mechanism == '{mechanism.value}'" for mechanism in mechanisms)  # type: ignore[attr-defined]


@admin.register(BenefitLink)
class BenefitLinkAdmin(ScopedModelAdmin):
    """Benefit links, scoped by the household they pay; one that names none by its producer."""

    form = BenefitLinkForm
    refusals = {
        "benefit_link_versions_apart": _("A version of this link is in force then. End it first."),
        "benefit_link_shares_fit": _("The shares of this producer would exceed 100 %."),
        "benefit_link_parts_whole": _("The parts of a pool sum to 10,000 basis points."),
    }
    region_path = "place"
    kept_by_cadres = True
    list_display = ("producer", "to_whom", "mechanism", "version", "terms", "since", "until")
    list_filter = (RegionFilter, "mechanism")
    list_select_related = ("producer", "household")
    search_fields = ("producer__name", "household__number")
    ordering = ("-id",)
    autocomplete_fields = ("producer", "household")
    inlines = (PoolPartInline,)
    conditional_fields = {
        term: _shown_for(term) for term in ("household", "share_bp", "price_per_kg", "piece_rate")
    }
    change_form_after_template = "admin/households/benefitlink/preview_panel.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[BenefitLink]:
        place = Coalesce(F("household__village_id"), F("producer__village_id"))
        rows = BenefitLink.objects.annotate(place=place).order_by(*self.get_ordering(request))
        return within(rows, "place", desk_of(request).jurisdiction)

    def get_fields(self, request: HttpRequest, obj: BenefitLink | None = None) -> Any:
        if obj is None:
            terms = ["producer", "mechanism", "household", "share_bp", "price_per_kg", "piece_rate"]
            return [*terms, "starts_at", "ends_at"]
        ending = "ends_at" if self.has_change_permission(request, obj) else "until"
        return ["producer", "mechanism", "to_whom", "terms", "parts", "version", "since", ending]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        terms = ["producer", "mechanism", "to_whom", "terms", "parts", "version", "since", "until"]
        return terms if obj else []

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return () if obj else self.inlines

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # What has ended is history: opening it again would change past sales.
        ended = obj is not None and has_ended(obj, timezone.now())
        return not ended and super().has_change_permission(request, obj)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.preview))
        try_out = path("add/preview/", view, name="households_benefitlink_preview")
        return [try_out, *super().get_urls()]

    def preview(self, request: HttpRequest) -> HttpResponse:
        """What the rule typed in would pay; nothing is saved."""
        page = "admin/households/benefitlink/preview.html"
        if not self.has_add_permission(request):
            return HttpResponse(status=403)
        form = self.get_form(request)(request.POST)
        complete, link = form.is_valid(), form.instance
        [(formset_class, _inline)] = self.get_formsets_with_inlines(request)
        prefix = formset_class.get_default_prefix()
        parts = formset_class(request.POST, instance=link, prefix=prefix)
        if not (parts.is_valid() and complete):
            return render(request, page, {"form": form, "parts": parts})
        groups = stated_groups(parts.forms)
        preview = preview_link(link=link, at=link.in_force.lower, groups=groups)
        return render(request, page, {"preview": preview})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if link := kwargs.get("obj"):
            now, began = timezone.now(), link.in_force.lower
            at = began if has_ended(link, now) else max(began, now)
            context["preview"] = preview_link(link=link, at=at)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("To whom"), ordering="household")
    def to_whom(self, link: BenefitLink) -> str:
        """The household, or who else."""
        return str(link.household or TO_WHOM[Mechanism(link.mechanism)])

    @admin.display(description=_("Terms"))
    def terms(self, link: BenefitLink) -> str:
        """The share or rate, in words."""
        return in_words(link)

    @admin.display(description=_("Parts of the pool"))
    def parts(self, link: BenefitLink) -> str:
        """The parts of a pool and who has them."""
        return parts_in_words(link)

    @admin.display(description=_("In force from"))
    def since(self, link: BenefitLink) -> str:
        """The first minute."""
        return _minute(link.in_force.lower)

    @admin.display(description=_("In force until"))
    def until(self, link: BenefitLink) -> str:
        """The end, if there is one."""
        upper = link.in_force.upper
        return _minute(upper) if upper else "-"


def _minute(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
