"""Amounts of money: integers in fen, split without losing one."""

from collections.abc import Sequence


def split_by_weights(amount_fen: int, weights: Sequence[int], *, first: int = 0) -> list[int]:
    """Split `amount_fen` in proportion to `weights` by largest remainder; the parts sum to it.

    Equal remainders are served in order from index `first` on, wrapping round, so that a
    caller who varies `first` does not always favour the same party with the odd fen.
    No part exceeds its weight when `amount_fen` does not exceed their sum.

    Raises ValueError when the amount or a weight is negative, or nothing could take it.
    """
    total_weight = sum(weights)
    if amount_fen < 0 or any(weight < 0 for weight in weights):
        raise ValueError("amounts and weights can't be negative")
    if total_weight == 0:
        if amount_fen:
            raise ValueError("no party can take the amount")
        return [0] * len(weights)
    parts = [amount_fen * weight // total_weight for weight in weights]
    remainders = [amount_fen * weight % total_weight for weight in weights]
    size = len(weights)
    order = sorted(range(size), key=lambda i: (-remainders[i], (i - first) % size))
    for index in order[: amount_fen - sum(parts)]:
        parts[index] += 1
    return parts


def yuan(amount_fen: int) -> str:
    """Fen as yuan for a person: 3990 → '39.90', -5 → '-0.05', 763800000 → '7,638,000.00'."""
    sign = "-" if amount_fen < 0 else ""
    whole, fen = divmod(abs(amount_fen), 100)
    return f"{sign}{whole:,}.{fen:02d}"


def percent(share_bp: int) -> str:
    """Basis points as percent for a person: 2050 → '20.50'."""
    return f"{share_bp // 100}.{share_bp % 100:02d}"
