"""An address as it is copied from a chat: 王小明 13800001111 江苏省南京市鼓楼区中山路 1 号."""

import re
from dataclasses import dataclass

from lukou_market.addresses.divisions import locate

_PHONE = re.compile(r"(?<!\d)(?:\+?86[ -]?)?(1[3-9]\d)[ -]?(\d{4})[ -]?(\d{4})(?!\d)")
_LABEL = re.compile(
    r"(收货人|收件人|姓名|联系电话|手机号码?|电话|手机|所在地区|地区|详细地址|收货地址|地址)[:\uff1a\s]"
)
_BETWEEN = re.compile(r"[\s,;\uff0c\uff1b、。]+")
_LONGEST_NAME = 12


@dataclass(frozen=True, slots=True)
class WrittenAddress:
    """What a line says; empty where it says nothing. `division` is a code, `street` the rest."""

    recipient: str = ""
    phone: str = ""
    division: str = ""
    street: str = ""


def parse_line(line: str) -> WrittenAddress:
    """Take a copied line apart; whatever is not understood stays in `street`."""
    found = _PHONE.search(line)
    phone = "".join(found.groups()) if found else ""
    text = _LABEL.sub(" ", _PHONE.sub(" ", line, count=1))
    pieces = [piece for piece in _BETWEEN.split(text) if piece]
    recipient = next((piece for piece in pieces if _is_name(piece)), "")
    if recipient:
        pieces.remove(recipient)
    place = " ".join(pieces)
    located = locate(place)
    if located is None:
        return WrittenAddress(recipient, phone, "", place)
    street = f"{place[: located.start]} {located.rest}".strip()
    return WrittenAddress(recipient, phone, located.code, street)


def _is_name(piece: str) -> bool:
    """Neither a place nor part of one: no division in it, no digit, and short."""
    return (
        len(piece) <= _LONGEST_NAME
        and not re.search(r"[\d路街巷号村镇乡栋幢室楼]", piece)
        and locate(piece) is None
    )
