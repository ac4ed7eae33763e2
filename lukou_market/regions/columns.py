"""Columns that admin lists and pages share: money in yuan, periods, codes, masked personal data."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.money import yuan

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Column = Callable[[Any, Any], str]
_EMPTY = "-"
LINK = '<a class="text-primary-600 dark:text-primary-500" href="{}">{}</a>'
"""A link inside a cell or a sentence: an address and a text."""


def yuan_column(field: str, label: "_StrPromise") -> Column:
    """The amount in `field` (fen) in yuan, sortable."""

    @admin.display(description=label, ordering=field)
    def column(model_admin: Any, row: Any) -> str:
        amount_fen: int | None = getattr(row, field, None)
        return shown_yuan(amount_fen)

    return column


def shown_yuan(amount_fen: int | None) -> str:
    """Fen in yuan, marked as an amount: its column stands to the right (cadre/desk.css)."""
    shown = _EMPTY if amount_fen is None else yuan(amount_fen)
    return format_html('<span class="money">{}</span>', shown)


def number_column() -> Column:
    """The row's own number, where nothing else tells it from others."""

    @admin.display(description=_("No."), ordering="pk")
    def column(model_admin: Any, row: Any) -> str:
        return str(row.pk)

    return column


def worded_column(field: str, label: "_StrPromise", words: Callable[[str], str]) -> Column:
    """The code in `field` in words."""

    @admin.display(description=label, ordering=field)
    def column(model_admin: Any, row: Any) -> str:
        return words(getattr(row, field)) or _EMPTY

    return column


def month_column(field: str, label: "_StrPromise") -> Column:
    """The month whose first day is in `field`."""

    @admin.display(description=label, ordering=field)
    def column(model_admin: Any, row: Any) -> str:
        month = getattr(row, field)
        return date_format(month, "YEAR_MONTH_FORMAT") if month else _EMPTY

    return column


def linked_column(text: Callable[[Any], str], label: "_StrPromise") -> Column:
    """A row's text as a link to its own page."""

    @admin.display(description=label)
    def column(model_admin: Any, row: Any) -> str:
        page = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
        return format_html(LINK, reverse(page, args=[row.pk]), text(row))

    return column


def days_column(field: str, label: "_StrPromise") -> Column:
    """A date range as its first and its last day."""

    @admin.display(description=label)
    def column(model_admin: Any, row: Any) -> str:
        days = getattr(row, field)
        if not days:
            return _EMPTY
        return f"{date_format(days.lower)} – {date_format(days.upper - timedelta(days=1))}"

    return column


def masked_column(field: str, label: "_StrPromise", mask: Callable[[str], str]) -> Column:
    """Personal data in `field`, as much of it as `mask` lets through."""

    @admin.display(description=label)
    def column(model_admin: Any, row: Any) -> str:
        value = getattr(row, field, "")
        return mask(value) if value else _EMPTY

    return column
