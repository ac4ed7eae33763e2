"""What a record says, in the reader's language: written in English, once, it is put into words."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_PHRASES: dict[str, str | Promise] = {
    "staff sign-in with an unknown name": _("staff sign-in with an unknown name"),
    "staff sign-in": _("staff sign-in"),
    "sign-in by phone": _("sign-in by phone"),
    "one sign-in of": _("one sign-in of"),
    "other sign-ins of": _("other sign-ins of"),
    "sign-out": _("sign-out"),
    "lock of": _("lock of"),
    "second factor of": _("second factor of"),
    "statement of household": _("statement card of household"),
    "statements of village": _("statement cards of village"),
    "bank account of household": _("bank account of household"),
    "bank file of payout batch": _("bank file of pay-out batch"),
    "recipient of order": _("recipient of order"),
    "evidence on order": _("evidence on order"),
    "phone of user": _("phone of user"),
    "labels of parcels": _("labels of parcels"),
    "addresses at the packing table": _("addresses at the packing table"),
    "village report": _("village report of"),
    "aid sales": _("aid-sales report"),
    "access log": _("access log"),
    "of household": _("of household"),
    "of order": _("of order"),
    "objection": _("objection"),
    "changes": _("changes"),
    "period": _("period"),
    "member": _("member"),
    "report channel": _("Sales by channel"),
    "report target": _("Targets and completion"),
    "report stream": _("Stream report"),
    "report household": _("Household income"),
    "report coverage": _("Coverage by projects"),
    "report lines": _("Order lines of the period"),
    "all": _("All channels"),
    "packing": _("packing"),
    "flag": _("flag on a sale"),
    "app registered": _("app registered"),
    "password": _("password"),
    "code": _("code"),
    "cleared": _("cleared"),
    "upheld": _("upheld"),
    "page": _("page"),
    "from": _("from"),
    "to": _("until"),
}
_ANY = re.compile("|".join(rf"(?<![\w-]){re.escape(each)}(?![\w-])" for each in _PHRASES))


def in_words(text: str) -> str:
    """A subject or a reason with the phrases we write put into the reader's language."""
    return _ANY.sub(lambda found: str(_PHRASES[found[0]]), text)
