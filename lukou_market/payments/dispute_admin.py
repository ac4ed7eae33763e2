"""Admin of disputes: to look at, with the day by which Stripe wants an answer."""

from typing import Any

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lukou_market.payments.models import Dispute
from lukou_market.regions.columns import number_column, yuan_column
from lukou_market.regions.scoped_admin import RecordAdmin, RecordInline
from lukou_market.regions.scoped_filters import RegionFilter

# Stripe's words (docs.stripe.com/api/disputes/object); one we don't know is shown as it is.
_REASONS = {
    "credit_not_processed": _("A refund did not come"),
    "duplicate": _("Paid twice"),
    "fraudulent": _("Not paid by the buyer"),
    "general": _("No reason given"),
    "product_not_received": _("Nothing came"),
    "product_unacceptable": _("The goods are bad"),
    "unrecognized": _("The buyer does not remember"),
}


class _DisputeColumns:
    """What lists and pages show of a dispute."""

    amount = yuan_column("amount_fen", _("Amount (yuan)"))

    @admin.display(description=_("Reason"), ordering="reason")
    def why(self, dispute: Dispute) -> Any:
        """In our words, if we have some."""
        return _REASONS.get(dispute.reason, dispute.reason)

    @admin.display(description=_("Time left"), ordering="due_by")
    def time_left(self, dispute: Dispute) -> str:
        """Until evidence is due; nothing once it is decided."""
        if dispute.closed_at or dispute.due_by is None:
            return "-"
        days = (dispute.due_by - timezone.now()).days
        return ngettext("%d day", "%d days", days) % days if days >= 0 else str(_("Too late"))


class DisputeInline(_DisputeColumns, RecordInline):
    """The disputes of a payment."""

    model = Dispute
    fields = ("stripe_id", "status", "why", "amount", "due_by", "time_left", "closed_at")
    readonly_fields = ("why", "amount", "time_left")
    tab = False


@admin.register(Dispute)
class DisputeAdmin(_DisputeColumns, RecordAdmin):
    """Disputes about the region's orders; evidence is given on Stripe's own pages."""

    region_path = "payment__order__lines__producer__village_id"
    list_display = ("number", "order", "status", "why", "amount", "due_by", "time_left")
    list_filter = (RegionFilter, "status")
    list_select_related = ("payment__order",)
    search_fields = ("payment__order__number__startswith", "stripe_id__startswith")
    fields = (
        "order", "stripe_id", "status", "why", "amount", "held", "opened_at", "due_by",
        "time_left", "withdrawn_at", "reinstated_at", "closed_at",
    )  # fmt: skip
    readonly_fields = ("order", "why", "amount", "held", "time_left")
    number = number_column()
    held = yuan_column("held_fen", _("Of the payment (yuan)"))

    @admin.display(description=_("Order"))
    def order(self, dispute: Dispute) -> str:
        """The order's number."""
        return dispute.payment.order.number
