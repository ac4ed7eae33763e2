"""Admin of people and their roles."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.forms import AdminPasswordChangeForm

from lukou_market.accounts.models import RoleGrant, User
from lukou_market.accounts.user_forms import NewStaffForm, UserForm
from lukou_market.kernel.masking import mask_phone
from lukou_market.regions.columns import masked_column
from lukou_market.regions.desk import desk_of
from lukou_market.regions.scoped_admin import ScopedInline, ScopedModelAdmin, within

# Roles decide, not Django's groups and permissions.
admin.site.unregister(Group)


class RoleGrantInline(ScopedInline):
    """The roles a person holds."""

    model = RoleGrant
    region_path = "region_id"
    tab = False


@admin.register(User)
class UserAdmin(ScopedModelAdmin, DjangoUserAdmin):  # type: ignore[type-arg]
    """District cadres read who holds a role in their district; superusers change."""

    form = UserForm
    add_form = NewStaffForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("display_name", "username", "shown_phone", "roles", "is_staff", "is_active")
    list_filter = ("is_staff", "is_active", "grants__role")
    search_fields = ("display_name", "username")
    ordering = ("id",)
    inlines = (RoleGrantInline,)
    filter_horizontal = ()
    readonly_fields = ("shown_phone", "last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("display_name", "username", "password")}),
        (_("Phone"), {"fields": ("shown_phone", "new_phone")}),
        (_("Access"), {"fields": ("is_active", "is_staff", "is_superuser")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "display_name", "password1", "password2")}),)
    shown_phone = masked_column("phone", _("Phone"), mask_phone)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return desk_of(request).oversees_district

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        everybody = super(ScopedModelAdmin, self).get_queryset(request)
        desk = desk_of(request)
        if desk.sees_everything:
            return everybody.prefetch_related("grants__region")
        granted = within(RoleGrant.objects.all(), "region_id", desk.jurisdiction)
        return everybody.filter(pk__in=granted.values("user")).prefetch_related("grants__region")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None or self.has_change_permission(request):
            return super().get_fieldsets(request, obj)
        hidden = {"password", "new_phone"}
        return [
            (title, {"fields": [name for name in options["fields"] if name not in hidden]})
            for title, options in self.fieldsets
        ]

    @admin.display(description=_("Roles"))
    def roles(self, user: User) -> str:
        """Each role with its region."""
        return "、".join(str(grant) for grant in user.grants.all())
