"""Amounts of money: integers in fen, split without losing one."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache


def split_by_weights(amount_fen: int, weights: Sequence[int], *, first: int = 0) -> list[int]:
    """Split `amount_fen` in proportion to `weights` by largest remainder; the parts sum to it.

    Equal remainders are served in order from index `first` on, wrapping round, so that a
    caller who varies `first` does not always favour the same party with the odd fen.
    No part exceeds its weight when `amount_fen` does not exceed their sum.

    Raises ValueError when the amount or a weight is negative, or nothing could take it.
    """
    parts, odd_fen, tied = _largest_remainders(amount_fen, tuple(weights))
    shares = list(parts)
    if odd_fen:
        start = bisect_left(tied, first % len(shares))
        for turn in range(start, start + odd_fen):
            shares[tied[turn % len(tied)]] += 1
    return shares


@lru_cache(maxsize=4096)
def _largest_remainders(
    amount_fen: int, weights: tuple[int, ...]
) -> tuple[tuple[int, ...], int, tuple[int, ...]]:
    """The parts but for the fen that equal remainders contend for; how many fen; for which parts.

    Remembered, because the same few prices are split by the same weights all day.
    """
    total_weight = sum(weights)
    if amount_fen < 0 or min(weights, default=0) < 0:
        raise ValueError("amounts and weights can't be negative")
    if total_weight == 0:
        if amount_fen:
            raise ValueError("no party can take the amount")
        return (0,) * len(weights), 0, ()
    parts = [amount_fen * weight // total_weight for weight in weights]
    odd_fen = amount_fen - sum(parts)
    if not odd_fen:
        return tuple(parts), 0, ()
    remainders = [amount_fen * weight % total_weight for weight in weights]
    last = sorted(remainders, reverse=True)[odd_fen - 1]
    for index, remainder in enumerate(remainders):
        if remainder > last:
            parts[index] += 1
            odd_fen -= 1
    tied = tuple(i for i, remainder in enumerate(remainders) if remainder == last)
    return tuple(parts), odd_fen, tied


def yuan(amount_fen: int) -> str:
    """Fen as yuan for a person: 3990 → '39.90', -5 → '-0.05', 763800000 → '7,638,000.00'."""
    sign = "-" if amount_fen < 0 else ""
    whole, fen = divmod(abs(amount_fen), 100)
    return f"{sign}{whole:,}.{fen:02d}"


def percent(share_bp: int) -> str:
    """Basis points as percent for a person: 2050 → '20.50'."""
    return f"{share_bp // 100}.{share_bp % 100:02d}"
