"""Admin of deputies: set by the principal or the level above, withdrawn, never changed."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action

from lukou_market.accounts.ask_page import ask, user_of
from lukou_market.accounts.models import Role, RoleGrant, User
from lukou_market.kernel.errors import DomainError
from lukou_market.kernel.refusals import refusal_shown
from lukou_market.regions.desk import desk_of
from lukou_market.regions.scoped_admin import ScopedModelAdmin
from lukou_market.village_reports.models import Deputy
from lukou_market.village_reports.set_deputy import check_deputy, set_deputy, withdraw_deputy

_ASKED = ("principal", "region", "deputy", "first_day", "last_day")


class DeputyForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who stands in for whom, and when."""

    actor: User

    class Meta:
        model = Deputy
        fields = _ASKED

    def clean(self) -> dict[str, Any]:
        """Refuse here what the use case would refuse."""
        given: dict[str, Any] = super().clean() or {}
        if self.instance.pk is None and all(given.get(name) for name in _ASKED):
            people = {name: given[name] for name in ("principal", "region", "deputy")}
            try:
                check_deputy(**people, set_by=self.actor)
            except DomainError as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
            if given["last_day"] < given["first_day"]:
                raise forms.ValidationError(_("The last day lies before the first."))
        return given


@admin.register(Deputy)
class DeputyAdmin(ScopedModelAdmin):
    """AB岗 of the cadres of one's own subtree."""

    region_path = "region_id"
    form = DeputyForm
    list_display = (*_ASKED, "set_by", "withdrawn")
    list_select_related = ("principal", "region", "deputy", "set_by")
    list_filter = ("withdrawn",)
    fields = _ASKED
    actions_detail = ("withdraw",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        desk = desk_of(request)
        return desk.keeps_registers and not desk.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.actor = request.user
        return form

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.related_model is User:
            grants = RoleGrant.objects.filter(role=Role.CADRE)
            inside = desk_of(request).jurisdiction.scope(grants, "region_id")
            cadres = User.objects.filter(
                is_active=True, is_staff=True, is_superuser=False, pk__in=inside.values("user_id")
            )
            kwargs["queryset"] = cadres.order_by("display_name")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Deputy, form: Any, change: bool) -> None:
        saved = set_deputy(
            **{name: form.cleaned_data[name] for name in _ASKED},
            set_by=user_of(request),
            now=timezone.now(),
        )
        obj.pk = saved.pk

    @action(description=_("Withdraw"), permissions=["withdraw"])  # type: ignore[untyped-decorator]
    def withdraw(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """End it now; what was signed stays signed."""
        deputy = self.get_object(request, object_id)
        if deputy is None:
            raise Http404
        back = reverse("admin:village_reports_deputy_change", args=[object_id])
        if request.method != "POST":
            said = _("From now on the deputy signs nothing more for the principal.")
            return ask(request, title=_("Withdraw"), said=said, on=deputy, back=back)
        with refusal_shown(request):
            withdraw_deputy(deputy=deputy, by=user_of(request))
            messages.success(request, _("The deputy is withdrawn."))
        return redirect(back)

    def has_withdraw_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Cadres; which of them, the use case says."""
        return self.has_add_permission(request)
