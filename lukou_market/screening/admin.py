"""Admin of declared relations: declared once, ended, never rewritten."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.models import RoleGrant, User
from lukou_market.kernel.masking import mask_phone
from lukou_market.regions.columns import masked_column
from lukou_market.regions.desk import desk_of
from lukou_market.regions.scoped_admin import ScopedModelAdmin
from lukou_market.regions.scoped_filters import RegionFilter
from lukou_market.screening.models import DeclaredRelation
from lukou_market.screening.relation_form import RelationForm
from lukou_market.streams.models import Host


@admin.register(DeclaredRelation)
class DeclaredRelationAdmin(ScopedModelAdmin):
    """Whose orders are held because they are close to the sale."""

    form = RelationForm
    region_path = "village_id"
    kept_by_cadres = True
    list_display = ("__str__", "shown_phone", "village", "declared_by", "declared_at", "ended_at")
    list_select_related = ("user", "producer", "household", "village", "declared_by")
    list_filter = (RegionFilter, "kind")
    actions = ("end_relations",)
    shown_phone = masked_column("phone", _("Phone"), mask_phone)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        own = ("kind", "user", "producer", "household", "village")
        return (*own, "new_phone") if obj is None else (
            *own, "shown_phone", "declared_by", "declared_at", "ended_at"
        )  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return () if obj is None else tuple(self.get_fields(request, obj))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Of none in particular: what was declared stays, and is ended by an action."""
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "user":
            kwargs["queryset"] = _hosts_and_cadres(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.declared_by, obj.declared_at = request.user, timezone.now()
        super().save_model(request, obj, form, change)

    @admin.action(description=_("End the chosen relations from now on"), permissions=["change"])
    def end_relations(self, request: HttpRequest, rows: QuerySet[DeclaredRelation]) -> None:
        """What was ordered before stays related."""
        rows.filter(ended_at=None).update(ended_at=timezone.now())


def _hosts_and_cadres(request: HttpRequest) -> QuerySet[User]:
    """Those of the desk's own places."""
    place = desk_of(request).jurisdiction
    hosts = place.scope(Host.objects.all(), "village_id").values("user_id")
    cadres = place.scope(RoleGrant.objects.filter(role="cadre"), "region_id").values("user_id")
    return User.objects.filter(Q(pk__in=hosts) | Q(pk__in=cadres))
