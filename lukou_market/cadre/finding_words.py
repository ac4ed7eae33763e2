"""What keeps a month open, in a cadre's words, and what to do about it."""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = tuple[str | Promise, str | Promise]

_WAIT = _("The shop settles this by itself within minutes. If it stays, tell the administrator.")
_RIGHTS = _(
    "Data was changed past the shop. Tell the administrator; audit_books names every difference."
)
_STRIPE = _("Open the discrepancies with Stripe, find out why, and explain each in a sentence.")

WORDS: dict[str, Words] = {
    "not yet posted": (_("Not yet in the book"), _WAIT),
    "message from Stripe not yet processed": (_("Message from Stripe not yet processed"), _WAIT),
    "Stripe does not answer": (
        _("Stripe does not answer"), _("Prepare the month again in some minutes.")
    ),
    "Stripe ↔ payments": (_("Stripe and our payments differ"), _STRIPE),
    "oversold units": (_("Units sold beyond the quota"), _RIGHTS),
    "order ↔ its lines": (_("Order and its lines differ"), _RIGHTS),
    "order ↔ payment": (_("Order and payment differ"), _RIGHTS),
    "order ↔ refunds": (_("Order and its refunds differ"), _RIGHTS),
    "order ↔ its events": (_("Order and its history differ"), _RIGHTS),
    "discount ↔ voucher": (_("An order's discount and its voucher differ"), _RIGHTS),
    "voucher ↔ its uses": (_("A voucher and its uses differ"), _RIGHTS),
    "surplus payment ↔ its refund": (
        _("A payment without an order is not on its way back"),
        _("Look at the payment and give it back; or tell the administrator."),
    ),
    "payment ↔ book": (_("Payment and book differ"), _RIGHTS),
    "surplus refund ↔ book": (_("Refund and book differ"), _RIGHTS),
    "movement at Stripe ↔ book": (_("A movement at Stripe and the book differ"), _RIGHTS),
    "dispute ↔ book": (_("Dispute and book differ"), _RIGHTS),
    "payment ↔ its disputes": (_("Payment and its disputes differ"), _RIGHTS),
    "Stripe's balance ↔ book": (_("Stripe's balance and the book differ"), _STRIPE),
    "bank statement ↔ payments": (_("The bank's statement and payments differ"), _RIGHTS),
    "order ↔ refunds by transfer": (_("Order and its refunds by transfer differ"), _RIGHTS),
    "bank ↔ book": (_("Our bank account and the book differ"), _RIGHTS),
    "pay-out ↔ book": (_("Pay-out and book differ"), _RIGHTS),
    "order event ↔ book": (_("Order and book differ"), _RIGHTS),
    "transfer ↔ its cause": (_("A transfer of the book has no cause"), _RIGHTS),
    "pool ↔ its households": (_("A pool is not shared out to the fen"), _RIGHTS),
    "book ↔ household totals": (_("Book and household totals differ"), _RIGHTS),
    "book ↔ producer totals": (_("Book and producer totals differ"), _RIGHTS),
    "offer ↔ its orders (units)": (_("Offer and the units of its orders differ"), _RIGHTS),
    "book ↔ sales by day": (_("Book and sales by day differ"), _RIGHTS),
    "direct sale ↔ its receipt": (_("A direct sale and its receipt differ"), _RIGHTS),
    "direct ↔ book": (_("Direct sales and book differ"), _RIGHTS),
    "figures do not add up": (_("The month's figures don't add up"), _RIGHTS),
    "rules ↔ book": (_("Benefit linkage and book differ"), _RIGHTS),
    "signed period ↔ book": (_("A signed month and the book differ"), _RIGHTS),
    "signed periods ↔ their hashes": (_("A signed month does not fit its hash"), _RIGHTS),
}  # fmt: skip

_OF_REFERENCES = {
    "pool of producer": _("Pool of producer"),
    "bank transfer": _("Bank transfer"),
    "payment": _("Payment"),
    "refund": _("Refund"),
    "order": _("Order"),
    "offer": _("Offer"),
    "transfer": _("Transfer"),
    "household": _("Household"),
    "producer": _("Producer"),
    "period": _("Period"),
    "message": _("Message"),
    "paid": _("paid"),
    "received": _("received"),
}
_REFERENCE = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in _OF_REFERENCES))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that keeps the month open."""

    title: str
    reference: str
    difference_fen: int
    advice: str


def finding_words(check: str, reference: str, difference_fen: int) -> Finding:
    """A finding of the closing gate for the page."""
    title, advice = WORDS.get(check, (check, _RIGHTS))
    where = _REFERENCE.sub(lambda found: str(_OF_REFERENCES[found[0]]), reference)
    return Finding(str(title), where, difference_fen, str(advice))
