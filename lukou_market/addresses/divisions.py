"""Provinces, cities and counties of China, by their six-digit division codes.

Of the npm package @vant/area-data (MIT, see divisions.LICENSE): one line for each, in the order of
their codes. A code that ends in 0000 is a province, in 00 a city; a city's counties share its
first four digits.
"""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

_FILE = Path(__file__).with_name("divisions.tsv")
# Counties without a city are grouped under these words, which nobody writes in an address.
_NO_PLACE = re.compile("直辖|^县$|^市辖区$")
_PROVINCE_SUFFIX = re.compile("(特别行政区|(维吾尔|壮族|回族)?自治区|省|市)$")
_STREET = ("路", "街", "巷", "道", "里", "大")
_CITY_SUFFIX = re.compile("(市|地区|盟)$")


class Division(NamedTuple):
    """A province, a city or a county."""

    code: str
    name: str


class Located(NamedTuple):
    """The smallest division named in a text, where its name begins, and what follows it."""

    code: str
    start: int
    rest: str


def parts_of(code: str) -> list[Division]:
    """The province, city and county that a code names, the largest first; [] for no code."""
    known = _names()
    codes = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code))
    return [Division(one, known[one]) for one in codes if one in known] if code in known else []


def full_name(code: str) -> str:
    """As it begins an address: 湖南省株洲市天元区; a municipality is named once."""
    names = dict.fromkeys(part.name for part in parts_of(code))
    return "".join(name for name in names if not _NO_PLACE.search(name))


def divisions_in(code: str = "") -> list[Division]:
    """What a province or city is divided into; the provinces for no code."""
    if not code:
        return [one for one in _all() if one.code.endswith("0000")]
    if code.endswith("0000"):
        inside = [one for one in _all() if one.code[:2] == code[:2] and one.code != code]
        return [one for one in inside if one.code.endswith("00")]
    return [one for one in _all() if one.code[:4] == code[:4] and one.code != code]


def locate(text: str, *, within: int | None = None) -> Located | None:
    """The first place in a text that is a province or city, read on down to its county.

    `within`: only one that begins in so many first characters; a long text is looked at quickly.
    """
    for start in range(len(text[:within])):
        if first := _longest(text[start:], _large()):
            code, rest = first
            while further := _longest(rest.lstrip(), _below(code)):
                code, rest = further
            return Located(code, start, rest.strip())
    return None


def _longest(text: str, names: tuple[tuple[str, str], ...]) -> tuple[str, str] | None:
    """The code of the longest name that the text begins with, and the text after it.

    北京路 is a street, not Beijing.
    """
    for name, code in names:
        if text.startswith(name) and text[len(name) : len(name) + 1] not in _STREET:
            return code, text[len(name) :]
    return None


@cache
def _below(code: str) -> tuple[tuple[str, str], ...]:
    """Names that may follow: a city's counties, a province's cities, and its counties too."""
    end = 2 if code.endswith("0000") else 4
    if not code.endswith("00"):
        return ()
    inside = [one for one in _all() if one.code[:end] == code[:end] and one.code != code]
    return _by_length([*inside, *_shortened(inside)])


@cache
def _large() -> tuple[tuple[str, str], ...]:
    large = [one for one in _all() if one.code.endswith("00")]
    # 北京市 is province and city: the province, so that what follows may be its county.
    provinces = [one for one in large if one.code.endswith("0000")]
    return _by_length([*large, *_shortened(provinces)])


def _by_length(divisions: list[Division]) -> tuple[tuple[str, str], ...]:
    by_name = {one.name: one.code for one in reversed(divisions)}
    return tuple(sorted(by_name.items(), key=lambda named: -len(named[0])))


def _shortened(divisions: list[Division]) -> list[Division]:
    """Provinces and cities as people write them: 湖南, 株洲."""
    suffixes = {True: _PROVINCE_SUFFIX, False: _CITY_SUFFIX}
    large = [one for one in divisions if one.code.endswith("00")]
    short = [
        one._replace(name=suffixes[one.code.endswith("0000")].sub("", one.name)) for one in large
    ]
    return [one for one in short if len(one.name) > 1]


@cache
def _all() -> tuple[Division, ...]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return tuple(Division(*line.split("\t")) for line in lines)


@cache
def _names() -> dict[str, str]:
    return dict(_all())
