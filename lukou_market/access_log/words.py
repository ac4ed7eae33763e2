"""What a record says, in the reader's language.

Records are written in English, once. Only what we write as a whole is put into words: names,
and the reasons that people give, stay as they are.
"""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_WORDED: tuple[tuple[str, str | Promise], ...] = (
    (r"staff sign-in with an unknown name", _("Staff sign-in with an unknown name")),
    (r"staff sign-in (.+)", _("Staff sign-in: %s")),
    (r"lock of staff sign-in (.+) from (\S+)", _("Lock of the sign-in of %s from %s")),
    (r"second factor of (.+)", _("Second factor of %s")),
    (r"sign-in by phone", _("Sign-in by phone")),
    (r"one sign-in of (.+)", _("One sign-in of %s")),
    (r"other sign-ins of (.+)", _("Other sign-ins of %s")),
    (r"sign-out", _("Sign-out")),
    (r"statement of household (\S+)", _("Statement card of household %s")),
    (r"statements of village (\d+), page (\d+)", _("Statement cards of village %s, page %s")),
    (r"statements (.+)", _("Statement cards: %s")),
    (r"member (\d+) of household (\S+)", _("Member %s of household %s")),
    (r"bank account of household (\S+)", _("Bank account of household %s")),
    (r"bank file of payout batch (\d+)", _("Bank file of pay-out batch %s")),
    (r"phone of user (.+)", _("Phone of user %s")),
    (r"recipient of order (\S+)", _("Recipient of order %s")),
    (r"evidence on order (\S+)", _("Evidence on order %s")),
    (r"(\d+) labels of parcels", _("%s labels of parcels")),
    (r"addresses at the packing table", _("Addresses at the packing table")),
    (r"flag (\d+) of order (\S+): cleared", _("Flag %s on order %s: cleared")),
    (r"flag (\d+) of order (\S+): upheld", _("Flag %s on order %s: upheld")),
    (r"flag (\d+) of order (\S+)", _("Flag %s on order %s")),
    (r"objection (\S+)", _("Objection %s")),
    (r"village report (\d+ \S+ v\d+)", _("Village report %s")),
    (r"village report (\d+ \S+ v\d+) prepared", _("Village report %s: prepared")),
    (r"village report (\d+ \S+ v\d+) reviewed", _("Village report %s: reviewed")),
    (r"village report (\d+ \S+ v\d+) approved", _("Village report %s: approved")),
    (r"village report (\d+ \S+ v\d+) published", _("Village report %s: published")),
    (r"village report (\d+ \S+ v\d+) returned", _("Village report %s: returned")),
    (r"(?:period|closed month) (\S+)", _("Month %s")),
    (r"restatement of (\S+)", _("Restatement of %s")),
    (r"aid sales (\S+) to (\S+)", _("Aid sales from %s to %s")),
    (r"report channel (.+)", _("Sales by channel: %s")),
    (r"report target (.+)", _("Targets and completion: %s")),
    (r"report stream (.+)", _("Stream report: %s")),
    (r"report household (.+)", _("Household income: %s")),
    (r"report coverage (.+)", _("Coverage by projects: %s")),
    (r"report lines (.+)", _("Order lines of the period: %s")),
    (r"changes ?(.*)", _("Changes of the registers %s")),
    (r"access log \?(.*)", _("Access log %s")),
    # How somebody came in.
    (r"password from ([\da-f.:]+)", _("Password, from %s")),
    (r"code from ([\da-f.:]+)", _("Code, from %s")),
    (r"app registered from ([\da-f.:]+)", _("App registered, from %s")),
    (r"from ([\da-f.:]+)", _("From %s")),
    (r"packing", _("Packing")),
)
_PATTERNS = [(re.compile(pattern), words) for pattern, words in _WORDED]


def in_words(text: str) -> str:
    """A subject or a reason that we wrote, in words; anything else as it is."""
    for pattern, words in _PATTERNS:
        if found := pattern.fullmatch(text):
            return str(words) % found.groups()
    return text
