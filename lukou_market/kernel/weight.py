"""Weights: integers in grams; people read kilograms and 斤 (half a kilogram)."""

JIN_G = 500


def kilograms(weight_g: int) -> str:
    """Grams as kilograms: 2500 → '2.5', 3000000 → '3,000'."""
    return _trimmed(weight_g, 1000)


def jin(weight_g: int) -> str:
    """Grams as 斤: 2500 → '5', 250 → '0.5'."""
    return _trimmed(weight_g, JIN_G)


def price_per_jin_fen(price_fen: int, weight_g: int) -> int:
    """The price of one 斤 in fen, rounded half up, for a package of `weight_g`."""
    return (2 * price_fen * JIN_G + weight_g) // (2 * weight_g)


def _trimmed(weight_g: int, unit_g: int) -> str:
    whole, rest = divmod(weight_g, unit_g)
    thousandths = f"{rest * 1000 // unit_g:03d}".rstrip("0")
    return f"{whole:,}.{thousandths}" if thousandths else f"{whole:,}"
