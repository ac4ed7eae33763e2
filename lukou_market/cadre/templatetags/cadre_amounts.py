"""Amounts in the report's templates."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lukou_market.households.models import IncomeKind
from lukou_market.kernel import money
from lukou_market.reports.figures import Credits

register = template.Library()

_CODES = {
    "sale_paid": _("paid"),
    "share_expected": _("paid"),
    "share_released": _("no longer pending"),
}
_ENDINGS = {
    "credited": _("received"),
    "retained": _("received"),
    "pooled": _("received"),
    "reversed": _("taken back"),
}


@register.filter
def yuan(amount_fen: int) -> str:
    """Fen as yuan: 3990 → '39.90'."""
    return money.yuan(amount_fen)


@register.filter
def percent(share_bp: int) -> str:
    """Basis points as percent: 2050 → '20.50'."""
    return money.percent(share_bp)


@register.filter
def code_words(code: str) -> str:
    """Why a transfer was made: 'share_credited' → 'received'."""
    if code.startswith("held_"):
        return gettext("held")
    if code == "sale_freed":
        return gettext("held no longer")
    if code.startswith("refund"):
        return str(_ENDINGS["reversed"])
    words = _CODES.get(code) or _ENDINGS.get(code.rpartition("_")[2])
    return str(words or code)


@register.filter
def income_kind(value: str) -> str:
    """The kind of income as a person says it."""
    return str(IncomeKind(value).label) if value else ""


@register.filter
def by_kind(credits_: Credits) -> list[tuple[str, int]]:
    """Each kind of income with its amount in fen."""
    return list(zip(map(str, IncomeKind.labels), credits_.kinds_fen, strict=True))


@register.filter
def beside(titles: Iterable[Any], cells: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Each column's title with the row's cell: on a phone a cell says what it is."""
    return list(zip(titles, cells, strict=True))
