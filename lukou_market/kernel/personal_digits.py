"""Numbers of a person in free text that everybody may read: ID, mobile phone, bank card.

Digits may be full-width or Chinese numerals, and stand apart by spaces, dashes or dots. A
number begins and ends where a group of digits does, so order numbers (14 digits, the day first),
amounts, dates and weights are not taken for one. A single group of 16 to 19 digits counts as a
bank's whatever its check digit: passbooks have none. Groups that stand apart need a check digit
that fits, or two dates in a row would be a card.
"""

import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import accumulate

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.errors import DomainError

_NUMERALS = {
    numeral: str(value)
    for value, numerals in enumerate(
        ["〇零○", "一壹幺", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"]
    )
    for numeral in numerals
}
_APART = frozenset("-‐‑‒–—―−－_.·•/、")
_MOST_APART = 3  # characters between two groups of one number
_LONGEST = 19
_PROVINCES = {
    f"{tens}{unit}"
    for tens, units in enumerate(["", "12345", "123", "1234567", "123456", "01234", "12345"])
    for unit in units
} | {"71", "81", "82", "83", "91"}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MASK = "●"


class Found(Enum):
    """What kind of number it is."""

    ID_NUMBER = "id_number"
    PHONE = "phone"
    BANK_CARD = "bank_card"

    @property
    def label(self) -> Promise:
        """The kind as a person says it."""
        return _LABELS[self]


_LABELS = {
    Found.ID_NUMBER: _("an ID number"),
    Found.PHONE: _("a mobile phone number"),
    Found.BANK_CARD: _("a bank card number"),
}


class PersonalDigits(DomainError):
    """Says what was found and never which digits."""

    code = "personal_digits"
    status = 400
    sentence = _("This text seems to contain %(found)s. Everybody reads it: please leave it out.")

    def __init__(self, found: Found) -> None:
        super().__init__(found=found.value)
        self._found = found

    def __str__(self) -> str:
        return str(self.sentence) % {"found": self._found.label}


@dataclass(frozen=True, slots=True)
class Span:
    """Where in the text a number stands: from `first` to before `end`."""

    found: Found
    first: int
    end: int


@dataclass(slots=True)
class _Group:
    """Digits without anything between them; an ID's last may be X."""

    digits: str
    first: int
    end: int


def refuse_personal_digits(*texts: str, besides: Collection[str] = ()) -> None:
    """Raises PersonalDigits for the first text that holds such a number.

    A household's number is as long as a bank's: those in `besides` may be said.
    """
    for text in texts:
        for span in personal_digits(text):
            if text[span.first : span.end] not in besides:
                raise PersonalDigits(span.found)


def mask_personal_digits(text: str) -> str:
    """The text with such numbers blotted out."""
    for span in personal_digits(text):
        text = text[: span.first] + _MASK * (span.end - span.first) + text[span.end :]
    return text


def personal_digits(text: str) -> list[Span]:
    """Every such number in the text, in order, none overlapping another."""
    groups, found, start = list(_groups(text)), list[Span](), 0
    while start < len(groups):
        span, used = _number_from(text, groups, start)
        if span:
            found.append(span)
        start += used
    return found


def _number_from(text: str, groups: list[_Group], start: int) -> tuple[Span | None, int]:
    """The longest number that begins with the group, and how many groups it takes."""
    near = [groups[start]]
    for group in groups[start + 1 :]:
        if not _belong_together(text[near[-1].end : group.first]):
            break
        near.append(group)
    lengths = accumulate(len(group.digits) for group in near)
    possible = [n for n, length in enumerate(lengths, start=1) if length <= _LONGEST]
    for count in reversed(possible):
        digits = "".join(group.digits for group in near[:count])
        kind = _kind_of(digits, in_one=count == 1)
        if kind:
            return Span(kind, near[0].first, near[count - 1].end), count
    return None, 1


def _belong_together(between: str) -> bool:
    return len(between) <= _MOST_APART and all(
        character in _APART or character.isspace() or unicodedata.category(character) == "Cf"
        for character in between
    )


def _groups(text: str) -> Iterator[_Group]:
    group: _Group | None = None
    for at, character in enumerate(text):
        digit = _digit(character)
        if not digit and group and _is_check_x(text, at, group):
            digit = "X"
        if not digit:
            if group:
                yield group
            group = None
        elif group:
            group.digits, group.end = group.digits + digit, at + 1
        else:
            group = _Group(digit, at, at + 1)
    if group:
        yield group


def _digit(character: str) -> str:
    if character in _NUMERALS:
        return _NUMERALS[character]
    value = unicodedata.digit(character, None)
    return "" if value is None else str(value)


def _is_check_x(text: str, at: int, group: _Group) -> bool:
    after = text[at + 1 : at + 2]
    return (
        unicodedata.normalize("NFKC", text[at]) in ("X", "x")
        and group.digits[-1].isdigit()
        and not (after.isascii() and after.isalnum())
    )


def _kind_of(digits: str, *, in_one: bool) -> Found | None:
    if _is_id(digits):
        return Found.ID_NUMBER
    if not digits.isdigit():
        digits = digits.rstrip("X")
        in_one = in_one and digits.isdigit()
    if len(digits) == 13 and digits.startswith("86"):
        digits = digits[2:]
    if len(digits) == 11 and digits.isdigit() and digits[0] == "1" and digits[1] in "3456789":
        return Found.PHONE
    if 16 <= len(digits) <= _LONGEST and digits.isdigit() and (in_one or _is_card(digits)):
        return Found.BANK_CARD
    return None


def _is_id(digits: str) -> bool:
    if digits[:2] not in _PROVINCES:
        return False
    if len(digits) == 18 and digits[:17].isdigit():
        return _is_day(digits[6:14]) or _has_check_of_id(digits)
    return len(digits) == 15 and digits.isdigit() and _is_day("19" + digits[6:12])


def _has_check_of_id(digits: str) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return digits[17] == "10X98765432"[total % 11]


def _is_day(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1850 <= day.year <= 2099


def _is_card(digits: str) -> bool:
    """The check digit of cards (Luhn); none begins like a year or a day does."""
    if digits[0] in "012":
        return False
    doubled = [int(digit) * (2 if n % 2 else 1) for n, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
