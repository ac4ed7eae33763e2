"""Admin of the book: superusers and auditors read it, nobody writes it here.

In aid because the ledger itself knows neither regions nor roles.
"""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from lukou_market.ledger.models import Account, Journal, Transfer
from lukou_market.regions.columns import yuan_column
from lukou_market.regions.scoped_admin import RecordAdmin


@admin.register(Account)
class AccountAdmin(RecordAdmin):
    """Places money can be."""

    list_display = ("id", "kind", "owner", "part")
    search_fields = ("kind", "=owner")


@admin.register(Journal)
class JournalAdmin(RecordAdmin):
    """Transfers posted together."""

    list_display = ("id", "month", "label", "posted_at")
    list_filter = ("month",)


@admin.register(Transfer)
class TransferAdmin(RecordAdmin):
    """Every movement of money."""

    list_display = (
        "id", "code", "amount", "debit", "credit", "source_kind", "source_id", "effective_at"
    )  # fmt: skip
    list_select_related = ("debit", "credit")
    search_fields = ("code__exact", "=source_id")
    search_help_text = _("A code, or the ID of a source")
    fields = (
        "journal", "code", "amount", "debit", "credit", "source_kind", "source_id", "leg",
        "effective_at", "reverses",
    )  # fmt: skip
    readonly_fields = ("amount",)
    amount = yuan_column("amount_fen", _("Amount (yuan)"))
