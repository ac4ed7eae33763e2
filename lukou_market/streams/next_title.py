"""The title of a stream like an earlier one: its date and its number move on."""

import re
from datetime import date

_NUMBER = re.compile(r"第\s*(\d{1,4})\s*(?=[场期回次])")
_DATE = re.compile(
    r"(?<!\d)(?:(?P<year>\d{4})(?P<after_year>[-./年]))?"
    r"(?P<month>\d{1,2})(?P<after_month>[-./月])(?P<day>\d{1,2})(?![\d:])"
)
_LONGEST = 60


def next_title(title: str, *, was: date, then: date) -> str:
    """`title` with 第3场 as 第4场, and with the day `was`, in whatever form, as `then`.

    A date of another day stays, as does a title that would become longer than one may be.
    """
    moved = _DATE.sub(lambda found: _moved_date(found, was, then), title)
    moved = _NUMBER.sub(_counted_on, moved)
    return moved if len(moved) <= _LONGEST else title


def _moved_date(found: re.Match[str], was: date, then: date) -> str:
    same_day = (int(found["month"]), int(found["day"])) == (was.month, was.day)
    if not same_day or int(found["year"] or was.year) != was.year:
        return found[0]
    width = 2 if found["month"].startswith("0") or found["day"].startswith("0") else 1
    year = f"{then.year}{found['after_year']}" if found["year"] else ""
    return f"{year}{then.month:0{width}}{found['after_month']}{then.day:0{width}}"


def _counted_on(found: re.Match[str]) -> str:
    return found[0].replace(found[1], str(int(found[1]) + 1))
