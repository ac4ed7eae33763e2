"""Sales that screening holds: in no figure of a report, and named beside them."""

from django.utils.translation import gettext as _

from lukou_market.kernel.money import yuan
from lukou_market.reports.question import Question
from lukou_market.screening.queries import held_sales


def held_apart(question: Question) -> list[str]:
    """A sentence of what was paid in the period for goods of the region, or nothing."""
    held = held_sales(question.region, question.first_month, question.last_month, question.channel)
    if not held.orders:
        return []
    words = _(
        "Besides, sales of ¥%(yuan)s (%(orders)d orders) wait for screening or were found wanting: "
        "they count in no total."
    )
    return [words % {"yuan": yuan(held.fen), "orders": held.orders}]
