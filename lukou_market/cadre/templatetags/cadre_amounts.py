"""Amounts in the report's templates."""

from django import template

from lukou_market.cadre.aid_sales import Credits
from lukou_market.households.models import IncomeKind
from lukou_market.kernel import money

register = template.Library()


@register.filter
def yuan(amount_fen: int) -> str:
    """Fen as yuan: 3990 → '39.90'."""
    return money.yuan(amount_fen)


@register.filter
def by_kind(credits_: Credits) -> list[tuple[str, int]]:
    """Each kind of income with its amount in fen."""
    return list(zip(map(str, IncomeKind.labels), credits_.kinds_fen, strict=True))
