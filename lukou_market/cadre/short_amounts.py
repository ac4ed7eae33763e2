"""Amounts where there is little room: on a tile, beside a bar. The table has them in full."""

from django.utils.translation import gettext as _

from lukou_market.kernel.money import yuan


def short_yuan(amount_fen: int) -> str:
    """3990 → '¥39.90', 763_800_000 → '¥763.8 万', half up."""
    tenths = (abs(amount_fen) + 50_000) // 100_000
    if tenths < 10:
        return f"¥{yuan(amount_fen)}"
    sign = "-" if amount_fen < 0 else ""
    return _("%s × 10,000") % f"{sign}¥{tenths // 10:,}.{tenths % 10}"
