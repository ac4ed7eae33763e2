"""Numbers that people copy by hand: no letter looks like a digit or another letter."""

import secrets

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_LIKE = str.maketrans({" ": None, "-": None, "－": None, "—": None})
_GROUP = 4


def new_number(groups: int) -> str:
    """`groups` of four characters, joined by dashes: about 20 bits each."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(groups))


def as_written(number: str) -> str:
    """The number as we write it, however somebody typed it."""
    plain = number.translate(_LIKE).upper()
    return "-".join(plain[n : n + _GROUP] for n in range(0, len(plain), _GROUP))
