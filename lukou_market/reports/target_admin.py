"""Admin of targets: proposed here, and approved by somebody else."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.widgets import UnfoldAdminDecimalFieldWidget, UnfoldAdminTextInputWidget

from lukou_market.accounts.ask_page import ask, user_of
from lukou_market.accounts.second_factor import confirm_second_factor
from lukou_market.kernel.errors import DomainError
from lukou_market.kernel.money import yuan
from lukou_market.kernel.yuan_field import YuanField
from lukou_market.regions.columns import yuan_column
from lukou_market.regions.desk import desk_of
from lukou_market.regions.scoped_admin import ScopedModelAdmin
from lukou_market.regions.scoped_filters import RegionFilter
from lukou_market.reports.set_target import approve_target, propose_target
from lukou_market.reports.target_models import AidTarget
from lukou_market.reports.targets import sets_targets


class TargetForm(forms.ModelForm):  # type: ignore[type-arg]
    """A region, a year and what is to be sold in it."""

    target = YuanField(
        label=_("Target (yuan)"), widget=UnfoldAdminDecimalFieldWidget,
        help_text=_("Net sales of the whole year, in yuan. Another cadre approves it."),
    )  # fmt: skip

    class Meta:
        model = AidTarget
        fields = ("region", "year")


class ApprovalForm(forms.Form):
    """The signature of who approves."""

    code = forms.CharField(
        label=_("Code of your authenticator app"), max_length=7,
        widget=UnfoldAdminTextInputWidget(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}
        ),
    )  # fmt: skip


@admin.register(AidTarget)
class AidTargetAdmin(ScopedModelAdmin):
    """Every version of every target; the newest approved one is in force."""

    form = TargetForm
    region_path = "region_id"
    list_display = (
        "region", "year", "version", "target", "proposed_by", "proposed_at", "approved_by",
        "approved_at",
    )  # fmt: skip
    list_filter = (RegionFilter, "year", ("approved_at", admin.EmptyFieldListFilter))
    list_select_related = ("region", "proposed_by", "approved_by")
    search_fields = ("region__name",)
    autocomplete_fields = ("region",)
    actions = ("approve",)
    target = yuan_column("target_fen", _("Target (yuan)"))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return list(self.list_display) if obj else ["region", "year", "target"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return list(self.list_display) if obj else []

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial = super().get_changeform_initial_data(request)
        return {"year": str(timezone.localdate().year), **initial}

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return sets_targets(desk_of(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_approve_permission(self, request: HttpRequest) -> bool:
        """Who may propose may approve what others proposed."""
        return sets_targets(desk_of(request))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Proposing writes the next version; the form's own row is not saved."""
        typed = form.cleaned_data
        saved = propose_target(
            region=typed["region"],
            year=typed["year"],
            target_fen=typed["target"],
            by=user_of(request),
            now=timezone.now(),
        )
        vars(obj).update(vars(saved))

    @admin.action(description=_("Approve the selected targets"), permissions=["approve"])
    def approve(self, request: HttpRequest, targets: QuerySet[AidTarget]) -> HttpResponse | None:
        """Asks for a code of the second factor; then each comes into force, but for own ones."""
        form = ApprovalForm(request.POST if "code" in request.POST else None)
        if not form.is_valid():
            return _ask_for_code(request, targets, form)
        by, now = user_of(request), timezone.now()
        try:
            confirm_second_factor(by, form.cleaned_data["code"], now=now)
        except DomainError as refusal:
            form.add_error("code", str(refusal))
            return _ask_for_code(request, targets, form)
        approved = 0
        for target in targets:
            try:
                approve_target(target_id=target.pk, by=by, now=now)
            except DomainError as refusal:
                messages.error(request, f"{target}: {refusal}")
            else:
                approved += 1
        if approved:
            said = ngettext("%d target was approved.", "%d targets were approved.", approved)
            messages.success(request, said % approved)
        return None


def _ask_for_code(
    request: HttpRequest, targets: QuerySet[AidTarget], form: ApprovalForm
) -> HttpResponse:
    listed = [f"{target}: {yuan(target.target_fen)}" for target in targets]
    return ask(
        request,
        form=form,
        title=_("Approve the selected targets"),
        on=" · ".join(listed),
        said=_("An approved target stays as it is; a newer version may follow it. In yuan."),
        back=request.get_full_path(),
        hidden=[("action", "approve"), *(("_selected_action", target.pk) for target in targets)],
    )
