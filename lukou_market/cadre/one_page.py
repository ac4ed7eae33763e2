"""A page of a long list, read without counting the list: it knows only whether more follows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from lukou_market.cadre.ask import page_asked


@dataclass(frozen=True, slots=True)
class OnePage:
    """Named as Django's `Page`, so that templates read both."""

    object_list: list[Any]
    number: int
    has_next: bool

    def __iter__(self) -> Iterator[Any]:
        return iter(self.object_list)

    @property
    def has_previous(self) -> bool:
        """Whether it is not the first."""
        return self.number > 1

    @property
    def has_other_pages(self) -> bool:
        """Whether there is anything to turn to."""
        return self.has_next or self.has_previous

    @property
    def next_page_number(self) -> int:
        """The number of the page after it."""
        return self.number + 1

    @property
    def previous_page_number(self) -> int:
        """The number of the page before it."""
        return self.number - 1


def one_page(rows: QuerySet[Any], request: HttpRequest, at_once: int) -> OnePage:
    """The page asked for, of `at_once` rows. Raises BadRequest, and Http404 beyond the end."""
    number = page_asked(request)
    start = (number - 1) * at_once
    found = list(rows[start : start + at_once + 1])
    if number > 1 and not found:
        raise Http404
    return OnePage(found[:at_once], number, has_next=len(found) > at_once)
