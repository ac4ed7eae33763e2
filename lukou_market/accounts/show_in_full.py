"""Personal data that the admin masks, in full: after a code, for a reason, on record."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action
from unfold.widgets import UnfoldAdminTextInputWidget

from lukou_market.access_log.models import Action
from lukou_market.access_log.record_access import record_access
from lukou_market.accounts.ask_page import ask, user_of
from lukou_market.accounts.fresh_second_factor import asked_again
from lukou_market.kernel.errors import DomainError
from lukou_market.regions.desk import desk_of


class LookForm(forms.Form):
    """Why somebody's data is needed."""

    reason = forms.CharField(label=_("Reason"), max_length=120, widget=UnfoldAdminTextInputWidget)


class ShownInFull:
    """For a model's admin: "Show in full" on the page of a row, for who keeps the register."""

    in_full: ClassVar[dict[str, Promise]] = {}
    """Fields that are masked, with what they are called."""

    if TYPE_CHECKING:

        def get_object(
            self, request: HttpRequest, object_id: str, from_field: str | None = None
        ) -> Any: ...

        def region_of_row(self, row: Any) -> str:
            """The code of the region whose cadres see that somebody looked."""

    def subject_of(self, row: Any) -> str:
        """What the access log calls the row: no personal data."""
        return f"{row._meta.model_name} {row.pk}"

    def has_look_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Cadres in their region and superusers; auditors see what is masked."""
        return desk_of(request).keeps_registers

    @action(  # type: ignore[untyped-decorator]
        description=_("Show in full"), permissions=["look"], url_path="in-full", icon="visibility"
    )
    def show_in_full(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks why, then shows."""
        if first := asked_again(request):
            return first
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        form = LookForm(request.POST or None)
        if form.is_valid():
            try:
                return self._shown(request, row, form.cleaned_data["reason"])
            except DomainError as refusal:
                messages.error(request, str(refusal))
        said = _("It is recorded for good that you looked, when, and the reason you type here.")
        return ask(
            request,
            title=_("Show in full"),
            on=str(row),
            said=said,
            form=form,
            back=_page_of(row),
        )

    def _shown(self, request: HttpRequest, row: Any, reason: str) -> HttpResponse:
        record_access(
            actor=user_of(request),
            action=Action.LOOKED,
            subject=self.subject_of(row),
            region_code=self.region_of_row(row),
            reason=reason,
        )
        context = {
            **admin.site.each_context(request),
            "title": _("Show in full"),
            "on": str(row),
            "values": [(label, getattr(row, field)) for field, label in self.in_full.items()],
            "back": _page_of(row),
        }
        response = TemplateResponse(request, "admin/in_full.html", context)
        response["Cache-Control"] = "no-store"
        return response


def _page_of(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
