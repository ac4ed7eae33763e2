"""Admin of what Stripe moved and what we can't match: discrepancies are explained here."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.widgets import UnfoldAdminTextareaWidget

from lukou_market.kernel.errors import DomainError
from lukou_market.payments.explain_discrepancy import explain_discrepancy
from lukou_market.payments.models import BalanceMovement, Discrepancy, Payout
from lukou_market.payments.queries import matched_until, open_discrepancies
from lukou_market.regions.columns import worded_column, yuan_column
from lukou_market.regions.desk import desk_of
from lukou_market.regions.scoped_admin import RecordAdmin, ScopedModelAdmin

_WHAT = {
    "payment": _("Payment"),
    "refund": _("Refund"),
    "dispute": _("Dispute"),
    "payout": _("Payout"),
    "payout items": _("What a payout was made of"),
    "balance": _("Balance at Stripe"),
    "movement": _("Movement at Stripe"),
}


# Stripe's reporting categories; one we don't know is shown as it is.
_KINDS = {
    "charge": _("Payment"),
    "charge_failure": _("Failed payment"),
    "refund": _("Refund"),
    "partial_capture_reversal": _("Part of a payment not taken"),
    "refund_failure": _("Failed refund"),
    "dispute": _("Dispute"),
    "dispute_reversal": _("Dispute won"),
    "payout": _("Payout"),
    "payout_reversal": _("Payout returned"),
    "topup": _("Top-up"),
    "topup_reversal": _("Top-up returned"),
    "fee": _("Fee"),
    "tax": _("Tax"),
    "network_cost": _("Network cost"),
    "other_adjustment": _("Adjustment"),
}


def _kind_in_words(kind: str) -> str:
    return str(_KINDS.get(kind, kind))


class KindFilter(admin.SimpleListFilter):
    """By what moved the balance."""

    title = cast(str, _("Kind"))
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(_KINDS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset if self.value() is None else queryset.filter(kind=self.value())


class StateFilter(admin.SimpleListFilter):
    """Open ones first: nobody has to look for what waits for them."""

    title = cast(str, _("State"))
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("explained", _("Explained")), ("matches", _("Matches again")), ("all", _("All"))]

    def choices(self, changelist: Any) -> Any:
        open_ones, *others = super().choices(changelist)
        return [{**open_ones, "display": _("Not explained yet")}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "all":
            return queryset
        if self.value() == "matches":
            return queryset.filter(resolved_at__isnull=False)
        explained = self.value() == "explained"
        return queryset.filter(resolved_at=None, explained_at__isnull=not explained)


class ExplanationForm(forms.ModelForm):  # type: ignore[type-arg]
    """One sentence."""

    explanation = forms.CharField(
        label=_("Explanation"),
        max_length=500,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=_("Why Stripe and we differ, in a sentence. It stays as you write it."),
    )

    class Meta:
        model = Discrepancy
        fields = ("explanation",)


@admin.register(Discrepancy)
class DiscrepancyAdmin(ScopedModelAdmin):
    """What does not match, oldest first; cadres of the district explain what is open."""

    form = ExplanationForm
    list_before_template = "admin/payments/discrepancies.html"
    list_display = ("subject", "reference", "there", "here", "difference", "age", "explanation")
    list_filter = (StateFilter,)
    search_fields = ("reference__startswith",)
    search_help_text = _("The first characters of Stripe's ID")
    fields = (
        "subject", "reference", "there", "here", "difference", "first_seen_at", "last_seen_at",
        "resolved_at", "explanation", "explained_by", "explained_at",
    )  # fmt: skip
    there = yuan_column("stripe_fen", _("At Stripe (yuan)"))
    here = yuan_column("ours_fen", _("Ours (yuan)"))
    difference = yuan_column("difference_fen", _("Difference (yuan)"))

    @admin.display(description=_("What"), ordering="what")
    def subject(self, row: Discrepancy) -> Any:
        """In words, where we have some."""
        return _WHAT.get(row.what, row.what)

    @admin.display(description=_("Age"), ordering="first_seen_at")
    def age(self, row: Discrepancy) -> str:
        """How long it has been different, or was."""
        days = ((row.resolved_at or timezone.now()) - row.first_seen_at).days
        return ngettext("%d day", "%d days", days) % days

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """All or nothing: money at Stripe lies in no village."""
        rows = Discrepancy.objects.select_related("explained_by")
        return rows if desk_of(request).oversees_district else rows.none()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return tuple(name for name in self.fields if name != "explanation")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return desk_of(request).oversees_district

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever keeps registers of a district may explain what is open."""
        desk = desk_of(request)
        decided = obj is not None and bool(obj.explained_at or obj.resolved_at)
        return desk.keeps_registers and desk.oversees_district and not decided

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        try:
            explain_discrepancy(
                discrepancy_id=obj.pk,
                explanation=form.cleaned_data["explanation"],
                user_id=int(request.user.pk or 0),
                now=timezone.now(),
            )
        except DomainError as refusal:  # somebody else was faster
            vars(request)["_refusal"] = refusal

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        refusal = vars(request).get("_refusal")
        if refusal is None:
            return super().response_change(request, obj)
        messages.error(request, str(refusal))
        return HttpResponseRedirect(request.path)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        told = {"matched_until": matched_until(), "open_count": open_discrepancies().count()}
        return super().changelist_view(request, {**told, **(extra_context or {})})


@admin.register(Payout)
class PayoutAdmin(RecordAdmin):
    """Money that Stripe sent to our bank."""

    list_display = ("stripe_id", "status", "amount", "automatic", "itemized", "arrives_at")
    list_filter = ("status",)
    search_fields = ("stripe_id__startswith",)
    fields = (
        "stripe_id", "status", "amount", "automatic", "itemized", "created_at", "arrives_at"
    )  # fmt: skip
    readonly_fields = ("amount",)
    amount = yuan_column("amount_fen", _("Amount (yuan)"))


@admin.register(BalanceMovement)
class BalanceMovementAdmin(RecordAdmin):
    """Our copy of what moved the balance at Stripe."""

    list_display = (
        "stripe_id",
        "what",
        "reference",
        "amount",
        "fee",
        "net",
        "payout",
        "created_at",
    )
    list_filter = (KindFilter, "booked")
    list_select_related = ("payout",)
    search_fields = ("stripe_id__startswith", "reference__startswith")
    fields = (*list_display, "available_at", "booked")
    readonly_fields = ("what", "amount", "fee", "net")
    what = worded_column("kind", _("Kind"), _kind_in_words)
    amount = yuan_column("amount_fen", _("Amount (yuan)"))
    fee = yuan_column("fee_fen", _("Fee (yuan)"))
    net = yuan_column("net_fen", _("Net (yuan)"))
