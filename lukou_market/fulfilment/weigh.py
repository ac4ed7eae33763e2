"""What a weight on the scales means: too light to send, or lighter and so much cheaper."""

_ALL_BP = 10_000


def lightest_g(ordered_g: int, tolerance_bp: int) -> int:
    """The least grams that may be sent as `ordered_g`: `tolerance_bp` below it, rounded up."""
    return -(-ordered_g * (_ALL_BP - tolerance_bp) // _ALL_BP)


def lighter_fen(price_fen: int, *, ordered_g: int, packed_g: int) -> int:
    """What a parcel costs less in fen, for what it weighs less; nothing when it weighs more.

    A part of a fen goes to the buyer: nobody pays for a gram that was not sent. But what is sent
    is never free: an order whose money has all gone back would not leave the village.
    """
    missing_g = max(ordered_g - packed_g, 0)
    return min(-(-price_fen * missing_g // ordered_g), price_fen - 1)
