"""From an address to a question: `?region=430212101000&from=2026-06&to=2026-06&channel=…`.

The trace of a household asks by the same words, and by `kind` of income.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.http import urlencode

from lukou_market.aid.household_selection import Selection
from lukou_market.aid.models import ProducerTotal
from lukou_market.households.models import IncomeKind
from lukou_market.orders.models import Channel
from lukou_market.regions.desk import Desk, desk_of
from lukou_market.regions.jurisdiction import CODE_LENGTH
from lukou_market.regions.models import Level, Region
from lukou_market.reports.display import Display, Money, Weight
from lukou_market.reports.question import Question

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


def question_asked(request: HttpRequest, *, now: datetime) -> Question:
    """The question of the request; without one: the person's own region, this year to date.

    Raises Http404 for a region outside the person's jurisdiction, known or not, and
    BadRequest for a period or channel that can't be read: another one is never guessed.
    """
    first, last = period_asked(request, now=now)
    channel = choice_asked(request, "channel", Channel.values)
    region = _region(desk_of(request), request.GET.get("region", ""))
    return Question(region, first, last, channel)


def selection_asked(request: HttpRequest, *, now: datetime) -> Selection:
    """Which of a household's money the request is about; by default this year's to date.

    Raises BadRequest for what can't be read.
    """
    first, last = period_asked(request, now=now)
    channel = choice_asked(request, "channel", Channel.values)
    return Selection(first, last, channel, choice_asked(request, "kind", IncomeKind.values))


def period_asked(request: HttpRequest, *, now: datetime) -> tuple[date, date]:
    """The first and the last month. Raises BadRequest for one that can't be read."""
    this_month = timezone.localtime(now).date().replace(day=1)
    first = _month(request.GET.get("from")) or this_month.replace(month=1)
    last = _month(request.GET.get("to")) or max(first, this_month)
    return min(first, last), max(first, last)


def region_asked(request: HttpRequest) -> Region:
    """The region, or the person's own. Raises Http404 for one outside their jurisdiction."""
    return _region(desk_of(request), request.GET.get("region", ""))


def month_asked(request: HttpRequest, *, now: datetime) -> date:
    """The month, or this one. Raises BadRequest for one that can't be read."""
    this_month = timezone.localtime(now).date().replace(day=1)
    return _month(request.GET.get("month")) or this_month


def choice_asked(request: HttpRequest, name: str, choices: Sequence[str]) -> str:
    """One of `choices`, or "". Raises BadRequest for anything else."""
    asked = request.GET.get(name, "")
    if asked and asked not in choices:
        raise BadRequest(f"unknown {name}")
    return asked


def home_regions(desk: Desk) -> list[Region]:
    """The regions at the top of what a person sees."""
    if desk.sees_everything:
        return list(Region.objects.filter(level=Level.DISTRICT))
    codes = [prefix.ljust(CODE_LENGTH, "0") for prefix in desk.jurisdiction.prefixes]
    return list(Region.objects.filter(code__in=codes).select_related("parent__parent"))


def address_of(question: Question, region_code: str = "") -> str:
    """The query string that asks this again, or the same about another region."""
    return "?" + urlencode(
        {
            "region": region_code or question.region.code,
            "from": f"{question.first_month:%Y-%m}",
            "to": f"{question.last_month:%Y-%m}",
            "channel": question.channel,
        }
    )


def selection_address(selection: Selection) -> str:
    """The query string that asks for this selection again."""
    return "?" + urlencode(
        {
            "from": f"{selection.first_month:%Y-%m}",
            "to": f"{selection.last_month:%Y-%m}",
            "channel": selection.channel,
            "kind": selection.income_kind,
        }
    )


def months_to_choose(question: Question | Selection, *, now: datetime) -> list[date]:
    """From the first month that has sales to this one, newest first, those asked for included."""
    known = ProducerTotal.objects.order_by("month").values_list("month", flat=True).first()
    today = timezone.localtime(now).date()
    first = min(known or today, question.first_month, today.replace(month=1))
    last = max(today, question.last_month)
    count = (last.year - first.year) * 12 + last.month - first.month
    months = [divmod(first.month - 1 + step, 12) for step in range(count, -1, -1)]
    return [date(first.year + years, month + 1, 1) for years, month in months]


def _month(text: str | None) -> date | None:
    if not text:
        return None
    found = _MONTH.fullmatch(text)
    if found is None:
        raise BadRequest("a month reads 2026-06")
    return date(int(found[1]), int(found[2]), 1)


def _region(desk: Desk, code: str) -> Region:
    if not code:
        homes = home_regions(desk)
        if not homes:
            raise Http404
        return homes[0]
    region = Region.objects.select_related("parent__parent").filter(code=code).first()
    if region is None or not desk.jurisdiction.covers(region.code):
        raise Http404
    return region


def display_asked(request: HttpRequest) -> Display:
    """The units asked for. Raises BadRequest for unknown ones."""
    return Display(
        Money(choice_asked(request, "money", Money.values) or Money.YUAN),
        Weight(choice_asked(request, "weight", Weight.values) or Weight.KG),
    )


def page_asked(request: HttpRequest) -> int:
    """The number of the page, 1 without one. Raises BadRequest for what can't be read."""
    text = request.GET.get("page", "1")
    if not re.fullmatch(r"[1-9]\d{0,5}", text):
        raise BadRequest("a page is a number")
    return int(text)


def address_in_units(question: Question, display: Display) -> str:
    """`address_of`, with the units."""
    units = urlencode({"money": display.money.value, "weight": display.weight.value})
    return f"{address_of(question)}&{units}"
