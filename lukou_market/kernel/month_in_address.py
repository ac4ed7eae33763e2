"""A month in an address: `2026-06`, as `<month:month>`."""

from datetime import date

from django.urls import register_converter
from django.urls.converters import get_converters


class MonthConverter:
    """The first day of the month."""

    regex = "20[0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        """`2026-06` → 1 June 2026."""
        return date(int(value[:4]), int(value[5:]), 1)

    def to_url(self, value: date) -> str:
        """1 June 2026 → `2026-06`."""
        return f"{value:%Y-%m}"


def use_months_in_addresses() -> None:
    """Make `<month:…>` known: for each module of addresses that uses it."""
    if "month" not in get_converters():
        register_converter(MonthConverter, "month")
