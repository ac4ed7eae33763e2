"""Mobile phone numbers of mainland China, in the one form they are stored and compared in."""

import re

from lukou_market.accounts.errors import PhoneWrong

_DECORATION = re.compile(r"[ \t\u00a0-]")
_MOBILE = re.compile(r"(?:\+86)?(1[3-9][0-9]{9})")


def normal_phone(written: str) -> str:
    """The 11 digits of a number as people write it: '+86 138-1234 5678' → '13812345678'.

    Raises PhoneWrong.
    """
    match = _MOBILE.fullmatch(_DECORATION.sub("", written))
    if match is None:
        raise PhoneWrong
    return match[1]
