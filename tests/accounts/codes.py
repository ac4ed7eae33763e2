"""Reading the phone."""

import re

from lukou_market.accounts.send_code import send_code
from lukou_market.accounts.sms_gateway import last_text
from tests.factories import NOW

PHONE = "13812345678"
OTHER_PHONE = "13987654321"


def texted_code(phone: str = PHONE) -> str:
    """The code that last arrived on the phone."""
    found = re.search(r"\d{6}", last_text(phone) or "")
    assert found
    return found[0]


def get_code(phone: str = PHONE) -> str:
    """A code sent at NOW."""
    send_code(phone=phone, now=NOW)
    return texted_code(phone)


def wrong(code: str) -> str:
    """Another code."""
    return f"{(int(code) + 1) % 10**6:06d}"
