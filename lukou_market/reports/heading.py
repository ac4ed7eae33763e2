"""What stands above a report's figures: its title, and what the figures are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from lukou_market.orders.models import Channel
from lukou_market.reports.catalogue import REPORTS
from lukou_market.reports.display import Display
from lukou_market.reports.held_apart import held_apart
from lukou_market.reports.kinds import Kind
from lukou_market.reports.question import Question
from lukou_market.reports.sheet import Column, Sheet


@dataclass(frozen=True, slots=True)
class Heading:
    """The title, and below it lines of text."""

    title: str
    lines: Sequence[str]


def heading_of(
    kind: Kind, question: Question, sheet: Sheet, display: Display, *, as_of: datetime
) -> Heading:
    """Period, channel, units, cut-off time; what is counted; what stands apart."""
    basis = _("Basis: %(basis)s") % {"basis": REPORTS[kind].basis}
    held = held_apart(question) if REPORTS[kind].is_of_sales else []
    lines = [_terms(question, display, as_of), basis, *sheet.notes, *held]
    return Heading(f"{question.path} {kind.label}", lines)


def titles_of(sheet: Sheet, display: Display) -> list[str]:
    """Each column's title with its unit."""
    return [title_of(column, display) for column in sheet.columns]


def title_of(column: Column, display: Display) -> str:
    """The column's title with its unit."""
    word = display.word(column.unit)
    title = str(column.title)
    return _("%(title)s (%(unit)s)") % {"title": title, "unit": word} if word else title


def _terms(question: Question, display: Display, as_of: datetime) -> str:
    channel = Channel(question.channel).label if question.channel else _("All channels")
    return _(
        "Period %(first)s to %(last)s · %(channel)s · in %(money)s and %(weight)s · as of %(as_of)s"
    ) % {
        "first": f"{question.first_month:%Y-%m}",
        "last": f"{question.last_month:%Y-%m}",
        "channel": channel,
        "money": display.money.label,
        "weight": display.weight.label,
        "as_of": f"{timezone.localtime(as_of):%Y-%m-%d %H:%M:%S}",
    }
