"""The book's codes in words, for those who read it: accounts, reasons, sources, labels."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lukou_market.households.models import IncomeKind
from lukou_market.orders.models import Channel

_ACCOUNTS: dict[str, Promise] = {
    "stripe_clearing": _("Balance at Stripe"),
    "bank": _("Bank account of the shop"),
    "unapplied": _("Received, not yet of a sale"),
    "expected": _("Expected by households"),
    "direct": _("Sold and paid elsewhere"),
    "shipping": _("Shipping"),
    "voucher": _("Voucher"),
    "disputed": _("Held by disputes"),
    "dispute_losses": _("Lost in disputes"),
    "stripe_fees": _("Stripe's fees"),
    "producer": _("Producer"),
    "producer_direct": _("Producer, sold directly"),
    "producer_pending": _("Producer, not yet received"),
    "producer_pool": _("Producer, to be shared"),
    "producer_held": _("Producer, held by screening"),
    "household": _("Household"),
    "household_direct": _("Household, sold directly"),
    "household_expected": _("Household, expected"),
    "household_paid": _("Household, paid out"),
    "collective": _("Village collective"),
    "collective_direct": _("Village collective, sold directly"),
    "platform": _("Platform"),
    "platform_direct": _("Platform, sold directly"),
}
_HELD = "held_"
_REASONS: dict[str, Promise] = {
    "payment_received": _("Payment received"),
    "transfer_received": _("Bank transfer received"),
    "surplus_refunded": _("Surplus refunded"),
    "sale_paid": _("Sale paid"),
    "sale_retained": _("Producer's part received"),
    "sale_pooled": _("Others' part received"),
    "sale_freed": _("Sale released by screening"),
    "refund_pending": _("Refund before receipt"),
    "refund_retained": _("Refund of the producer's part"),
    "refund_pooled": _("Refund of the others' part"),
    "refund_held": _("Refund of a held sale"),
    "share_expected": _("Share expected"),
    "share_released": _("Share expected no longer"),
    "share_credited": _("Share credited"),
    "share_reversed": _("Share taken back"),
    "collective_credited": _("Collective's share credited"),
    "collective_reversed": _("Collective's share taken back"),
    "platform_credited": _("Platform's share credited"),
    "platform_reversed": _("Platform's share taken back"),
    "shipping_charged": _("Shipping charged"),
    "shipping_returned": _("Shipping given back"),
    "discount_granted": _("Voucher used"),
    "discount_returned": _("Voucher given back"),
    "paid_out": _("Paid out to a household"),
    "payout_sent": _("Sent by Stripe to the bank"),
    "payout_returned": _("Returned by the bank to Stripe"),
    "fee_taken": _("Stripe's fee taken"),
    "fee_returned": _("Stripe's fee given back"),
    "dispute_withdrawn": _("Taken by a dispute"),
    "dispute_reinstated": _("Given back by a dispute"),
    "dispute_lost": _("Lost in a dispute"),
    "dispute_lost_over": _("Lost in a dispute beyond the payment"),
}
_SOURCES: dict[str, Promise] = {
    "order_event": _("Event of an order"),
    "events": _("Events of orders"),
    "payment": _("Payment"),
    "refund": _("Refund"),
    "dispute": _("Dispute"),
    "movement": _("Movement at Stripe"),
    "payout_line": _("Pay-out line"),
}
_LABELS: dict[str, Promise] = {
    **{channel.value: channel.label for channel in Channel},
    "payments": _("Payments"),
    "payouts": _("Pay-outs"),
}


def account_in_words(kind: str) -> str:
    """What an account is."""
    return str(_ACCOUNTS.get(kind, kind))


def place_in_words(kind: str, owner: int, part: str) -> str:
    """An account with its owner's number and its part: 'Household 12, wage income'."""
    named = " ".join([account_in_words(kind), *([str(owner)] if owner else [])])
    return f"{named} · {part_in_words(part)}" if part else named


def part_in_words(part: str) -> str:
    """A kind of income."""
    return str(IncomeKind(part).label) if part in IncomeKind.values else part


def reason_in_words(code: str) -> str:
    """Why money moved."""
    if code not in _REASONS and code.startswith(_HELD):
        taken_back = reason_in_words(code.removeprefix(_HELD))
        return gettext("Held by screening: %s") % taken_back
    return str(_REASONS.get(code, code))


def source_in_words(kind: str) -> str:
    """What sort of row caused it."""
    return str(_SOURCES.get(kind, kind))


def label_in_words(label: str) -> str:
    """What a journal's transfers have in common."""
    return str(_LABELS.get(label, label))
