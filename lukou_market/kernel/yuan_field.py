"""A form's amount of money: typed in yuan, kept in fen."""

from decimal import Decimal
from typing import Any

from django import forms


class YuanField(forms.DecimalField):
    """Two decimals in yuan; the cleaned value and the initial one are integer fen."""

    def __init__(self, *, min_fen: int = 1, **kwargs: Any) -> None:
        super().__init__(
            min_value=Decimal(min_fen) / 100, max_digits=14, decimal_places=2, **kwargs
        )

    def clean(self, value: Any) -> int | None:
        """The amount in fen. Raises ValidationError when it is no amount of money."""
        amount = super().clean(value)
        return None if amount is None else int(amount * 100)

    def prepare_value(self, value: Any) -> Any:
        return Decimal(value) / 100 if isinstance(value, int) else value
