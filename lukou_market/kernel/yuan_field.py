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
        return f"{value // 100}.{value % 100:02d}" if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the yuan typed differ from the fen kept."""
        return super().has_changed(None if initial is None else Decimal(initial) / 100, data)
