"""Admin of the book: superusers and auditors read it, nobody writes it here.

In aid because the ledger itself knows neither regions nor roles, nor what its codes mean.
"""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from lukou_market.aid.book_words import (
    account_in_words,
    label_in_words,
    part_in_words,
    place_in_words,
    reason_in_words,
    source_in_words,
)
from lukou_market.ledger.models import Account, Journal, Transfer
from lukou_market.regions.columns import month_column, number_column, worded_column, yuan_column
from lukou_market.regions.scoped_admin import RecordAdmin


@admin.register(Account)
class AccountAdmin(RecordAdmin):
    """Places money can be."""

    list_display = ("number", "what", "owner", "whose_part")
    search_fields = ("=owner",)
    fields = ("what", "owner", "whose_part")
    readonly_fields = ("what", "whose_part")
    number = number_column()
    what = worded_column("kind", _("Kind"), account_in_words)
    whose_part = worded_column("part", _("Part"), part_in_words)


@admin.register(Journal)
class JournalAdmin(RecordAdmin):
    """Transfers posted together."""

    list_display = ("number", "of_month", "about", "posted_at")
    list_filter = ("month",)
    fields = ("of_month", "about", "posted_at", "meant_for")
    readonly_fields = ("of_month", "about", "meant_for")
    number = number_column()
    of_month = month_column("month", _("Month"))
    meant_for = month_column("late_for", _("Late for"))
    about = worded_column("label", _("Label"), label_in_words)


@admin.register(Transfer)
class TransferAdmin(RecordAdmin):
    """Every movement of money."""

    list_display = (
        "number", "why", "amount", "from_account", "to_account", "source", "source_id",
        "effective_at",
    )  # fmt: skip
    list_select_related = ("debit", "credit")
    search_fields = ("=source_id",)
    fields = (
        "journal", "why", "amount", "from_account", "to_account", "source", "source_id",
        "effective_at", "reverses",
    )  # fmt: skip
    readonly_fields = ("why", "amount", "from_account", "to_account", "source")
    number = number_column()
    amount = yuan_column("amount_fen", _("Amount (yuan)"))
    why = worded_column("code", _("Reason"), reason_in_words)
    source = worded_column("source_kind", _("Source"), source_in_words)

    @admin.display(description=_("Debit"), ordering="debit")
    def from_account(self, transfer: Transfer) -> str:
        """The account that is debited."""
        account = transfer.debit
        return place_in_words(account.kind, account.owner, account.part)

    @admin.display(description=_("Credit"), ordering="credit")
    def to_account(self, transfer: Transfer) -> str:
        """The account that is credited."""
        account = transfer.credit
        return place_in_words(account.kind, account.owner, account.part)
