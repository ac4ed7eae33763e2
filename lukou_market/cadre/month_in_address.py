"""A month in an address: `2026-06`."""

from datetime import date


class MonthConverter:
    """The first day of the month."""

    regex = "20[0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        """`2026-06` → 1 June 2026."""
        return date(int(value[:4]), int(value[5:]), 1)

    def to_url(self, value: date) -> str:
        """1 June 2026 → `2026-06`."""
        return f"{value:%Y-%m}"
