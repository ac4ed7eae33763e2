"""What a cell of each kind must say; each reader gives the value or raises `Wrong`."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from lukou_market.kernel.spreadsheet import text_of

Reader = Callable[[Any], Any]
_ID = re.compile(r"\d{17}[\dX]|\d{15}")
_DAY = re.compile(r"(20\d\d|19\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MOST_FEN, _MOST_G = 10**12, 10**9


class Wrong(Exception):
    """A cell can't be read; the sentence says how to mend it."""


def halved(cell: Any) -> str:
    """The cell as text with full-width letters and digits made half-width, spaces trimmed."""
    return unicodedata.normalize("NFKC", text_of(cell))


def text(most: int) -> Reader:
    """Text of at most `most` characters, as written but for its spaces."""

    def read(cell: Any) -> str:
        found = text_of(cell)
        if len(found) > most:
            raise Wrong(_("At most %d characters.") % most)
        return found

    return read


def number(most: int) -> Reader:
    """A register's or receipt's number: it must be text, or a short number."""

    def read(cell: Any) -> str:
        if isinstance(cell, (int, float)) and abs(cell) >= 10**15:
            raise Wrong(_("Excel has rounded it. Format the column as text and type it again."))
        found = halved(cell).upper().replace(" ", "")
        if not re.fullmatch(rf"[0-9A-Z/_.-]{{3,{most}}}", found):
            raise Wrong(_("Digits, letters and - only, from 3 to %d of them.") % most)
        return found

    return read


def id_number(cell: Any) -> str:
    """An ID number of 18 or 15 characters, which Excel must not have rounded."""
    if isinstance(cell, (int, float)):
        raise Wrong(
            _("Excel keeps 15 digits of a number. Format the column as text and type it again.")
        )
    found = halved(cell).upper().replace(" ", "")
    if "E+" in found or (found.endswith("000") and len(found) == 18 and not _checks(found)):
        raise Wrong(_("Excel has rounded it. Format the column as text and type it again."))
    if not _ID.fullmatch(found):
        raise Wrong(_("An ID number has 18 characters: 17 digits and a digit or X."))
    return found


def choice(words: Mapping[str, str]) -> Reader:
    """One of the words; gives what the register keeps for it."""

    def read(cell: Any) -> str:
        found = halved(cell)
        if found not in words:
            raise Wrong(_("Write one of: %s.") % "、".join(words))
        return words[found]

    return read


def choices(words: Mapping[str, str], most: int) -> Reader:
    """Up to `most` of the words, parted by 、 or commas."""
    one = choice(words)

    def read(cell: Any) -> list[str]:
        found = [one(word) for word in re.split(r"[、,;\s]+", halved(cell)) if word]
        if len(found) > most or len(set(found)) < len(found):
            raise Wrong(_("At most %d, each once.") % most)
        return found

    return read


def whole(least: int, most: int) -> Reader:
    """A whole number."""

    def read(cell: Any) -> int:
        found = halved(cell).replace(",", "")
        if not re.fullmatch(r"\d{1,9}", found) or not least <= int(found) <= most:
            raise Wrong(
                _("A whole number from %(least)d to %(most)d.") % {"least": least, "most": most}
            )
        return int(found)

    return read


def fen(cell: Any) -> int:
    """Yuan with at most two decimals, above zero, as fen."""
    return _scaled(
        cell, 100, _MOST_FEN, _("An amount in yuan above zero, with at most two decimals.")
    )


def grams(cell: Any) -> int:
    """Kilograms with at most three decimals, above zero, as grams."""
    return _scaled(
        cell, 1000, _MOST_G, _("A weight in kg above zero, with at most three decimals.")
    )


def basis_points(cell: Any) -> int:
    """Percent with at most two decimals, above 0 and up to 100, as basis points."""
    sentence = _("A percentage above 0 and up to 100, with at most two decimals.")
    return _scaled(str(halved(cell)).removesuffix("%"), 100, 10_000, sentence)


def day(cell: Any) -> date:
    """A date cell, or a date written out."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = _DAY.fullmatch(halved(cell).replace(" ", ""))
    try:
        return date(*(int(part) for part in found.groups())) if found else _no_day()
    except ValueError:
        return _no_day()


def _no_day() -> date:
    raise Wrong(_("Write the date as 2026-06-28, or format the cell as a date."))


def _scaled(cell: Any, scale: int, most: int, sentence: str) -> int:
    # A float's shortest text is what was typed: 12.34, not 12.339999.
    found = halved(cell).replace(",", "")
    try:
        scaled = Decimal(found) * scale if re.fullmatch(r"\d{1,12}(\.\d+)?", found) else Decimal(0)
    except InvalidOperation:
        scaled = Decimal(0)
    if scaled != int(scaled) or not 0 < scaled <= most:
        raise Wrong(sentence)
    return int(scaled)


def _checks(found: str) -> bool:
    """Whether the last character fits the seventeen digits before it (GB 11643)."""
    if not found[:17].isdigit():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(found, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == found[17]
