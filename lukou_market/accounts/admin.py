"""Admin of people and their roles."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action
from unfold.forms import AdminPasswordChangeForm
from unfold.widgets import UnfoldAdminTextInputWidget

from lukou_market.accounts.ask_page import ask, user_of
from lukou_market.accounts.fresh_second_factor import asked_again
from lukou_market.accounts.lock_admin import PasswordTriesAdmin
from lukou_market.accounts.models import RoleGrant, User
from lukou_market.accounts.record_sign_ins import region_of
from lukou_market.accounts.reset_second_factor import reset_second_factor
from lukou_market.accounts.show_in_full import ShownInFull
from lukou_market.accounts.user_forms import NewStaffForm, UserForm
from lukou_market.kernel.errors import DomainError
from lukou_market.kernel.masking import mask_phone
from lukou_market.regions.columns import masked_column
from lukou_market.regions.desk import desk_of
from lukou_market.regions.scoped_admin import ScopedInline, ScopedModelAdmin, within

__all__ = ["PasswordTriesAdmin", "ResetForm", "UserAdmin"]

# Roles decide, not Django's groups and permissions.
admin.site.unregister(Group)


class RoleGrantInline(ScopedInline):
    """The roles a person holds."""

    model = RoleGrant
    region_path = "region_id"
    tab = False


class ResetForm(forms.Form):
    """Why somebody's app is forgotten."""

    reason = forms.CharField(label=_("Reason"), max_length=120, widget=UnfoldAdminTextInputWidget)


@admin.register(User)
class UserAdmin(ShownInFull, ScopedModelAdmin, DjangoUserAdmin):  # type: ignore[type-arg]
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
    actions_detail = ("sign_ins", "reset_device", "show_in_full")
    in_full = {"phone": _("Phone")}
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

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Roles and passwords open what others may not see: a code again before them."""
        if self.has_change_permission(request) and (first := asked_again(request)):
            return first
        return super().changeform_view(request, object_id, form_url, extra_context)

    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        """Somebody's new password."""
        return asked_again(request) or super().user_change_password(request, id, form_url)

    def subject_of(self, row: User) -> str:
        return f"phone of user {row.username or row.pk}"

    def region_of_row(self, row: User) -> str:
        return region_of(row)

    def has_look_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Superusers: a phone is what its owner signs in with."""
        return desk_of(request).is_superuser

    def has_superuser_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """For actions that are theirs alone."""
        return desk_of(request).is_superuser

    @action(description=_("Sign-ins"), permissions=["superuser"], url_path="sign-ins")  # type: ignore[untyped-decorator]
    def sign_ins(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Where the person is signed in."""
        user = self._user(request, object_id)
        return HttpResponseRedirect(reverse("cadre:sign-ins-of", args=[user.pk]))

    @action(
        description=_("Reset the authenticator app"),
        permissions=["superuser"],
        url_path="reset-device",
    )  # type: ignore[untyped-decorator]
    def reset_device(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """For who has lost phone and paper codes."""
        if first := asked_again(request):
            return first
        user = self._user(request, object_id)
        form = ResetForm(request.POST or None)
        back = reverse("admin:accounts_user_change", args=[user.pk])
        if form.is_valid():
            try:
                reset_second_factor(user=user, by=user_of(request), **form.cleaned_data)
            except DomainError as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, _("They register another app when they next sign in."))
            return HttpResponseRedirect(back)
        said = _(
            "All sign-ins of this person end, their app and recovery codes no longer work. Make "
            "sure who asks: it is recorded that you did this, and why."
        )
        title = _("Reset the authenticator app")
        return ask(request, title=title, on=user, said=said, form=form, back=back)

    def _user(self, request: HttpRequest, object_id: str) -> User:
        user: User | None = self.get_object(request, object_id)
        if user is None:
            raise Http404
        return user

    @admin.display(description=_("Roles"))
    def roles(self, user: User) -> str:
        """Each role with its region."""
        return "、".join(str(grant) for grant in user.grants.all())
