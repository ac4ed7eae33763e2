"""What is written on every statement card: what its figures count, and how to object."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

BASIS = gettext_lazy(
    "Basis: a share is credited when the buyer has received the goods and counts in that month, by "
    "the rule in force when the order was placed; what refunds take back counts in the month of "
    "the refund. Pending: paid and not yet received, so it may still change, and is no income yet. "
    "Pending and balance: at the end of the last month. In yuan. Months are those of China's time."
)


def how_to_object(address: str, answer_days: int) -> str:
    """The way of an objection, in three sentences."""
    words = _(
        "Scan the code, or open %(address)s and type the number: you see each sale and can object, "
        "without signing in. The town or the district answers within %(days)d days, never the "
        "village itself. The receipt number you get shows what became of it."
    )
    return words % {"address": address, "days": answer_days}
