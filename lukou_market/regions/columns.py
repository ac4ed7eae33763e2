"""Columns that admin lists and pages share: money in yuan, periods, masked personal data."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from lukou_market.kernel.money import yuan

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Column = Callable[[Any, Any], str]
_EMPTY = "-"
_LINK = '<a class="text-primary-600 dark:text-primary-500" href="{}">{}</a>'


def yuan_column(field: str, label: "_StrPromise") -> Column:
    """The amount in `field` (fen) in yuan, sortable."""

    @admin.display(description=label, ordering=field)
    def column(model_admin: Any, row: Any) -> str:
        amount_fen: int | None = getattr(row, field, None)
        return _EMPTY if amount_fen is None else yuan(amount_fen)

    return column


def linked_column(text: Callable[[Any], str], label: "_StrPromise") -> Column:
    """A row's text as a link to its own page."""

    @admin.display(description=label)
    def column(model_admin: Any, row: Any) -> str:
        page = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
        return format_html(_LINK, reverse(page, args=[row.pk]), text(row))

    return column


def days_column(field: str, label: "_StrPromise") -> Column:
    """A date range as its first and its last day."""

    @admin.display(description=label)
    def column(model_admin: Any, row: Any) -> str:
        days = getattr(row, field)
        return f"{days.lower} – {days.upper - timedelta(days=1)}" if days else _EMPTY

    return column


def masked_column(field: str, label: "_StrPromise", mask: Callable[[str], str]) -> Column:
    """Personal data in `field`, as much of it as `mask` lets through."""

    @admin.display(description=label)
    def column(model_admin: Any, row: Any) -> str:
        value = getattr(row, field, "")
        return mask(value) if value else _EMPTY

    return column
