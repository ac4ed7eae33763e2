"""A report as tables, the same on the page, on paper and in the workbook."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lukou_market.aid.verifier.verify_period import ROWS, Record, key_of
from lukou_market.households.models import IncomeKind
from lukou_market.orders.models import Channel
from lukou_market.village_reports.content import Content


@dataclass(frozen=True, slots=True)
class Line:
    """A row's texts and its amounts in fen; `before` are those of the version before."""

    texts: list[str]
    amounts_fen: list[int]
    before_fen: list[int] | None = None

    @property
    def is_changed(self) -> bool:
        """Whether the version before said something else."""
        return self.before_fen is not None and self.before_fen != self.amounts_fen

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """Each amount with the one before."""
        return list(zip(self.amounts_fen, self.before_fen or self.amounts_fen, strict=True))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: the titles of its columns of texts and of amounts, and its lines."""

    heading: str
    texts: list[str]
    amounts: list[str]
    lines: list[Line]

    @property
    def total_fen(self) -> list[int]:
        """The sum of each column of amounts."""
        columns = zip(*(line.amounts_fen for line in self.lines), strict=True)
        return [sum(column) for column in columns]


def sheets_of(content: Content, before: Content | None = None) -> list[Sheet]:
    """The tables of the report that have lines; with `before`, what differs from it is told.

    A line that is not in the report any more is there with zeros.
    """
    found = (_sheet(kind, content, before) for kind in _HEADS)
    return [sheet for sheet in found if sheet.lines]


def _sheet(kind: str, content: Content, before: Content | None) -> Sheet:
    heading, texts, amounts, words = _HEADS[kind]
    lines = [
        Line(words(row, who), now, then) for row, who, now, then in _rows(kind, content, before)
    ]
    return Sheet(heading(), [title() for title in texts], [title() for title in amounts], lines)


def _rows(
    kind: str, content: Content, before: Content | None
) -> Iterator[tuple[Record, Content, list[int], list[int] | None]]:
    rows = {key_of(row): (row, content) for row in content.of_kind(kind)}
    old = {key_of(row): row for row in before.of_kind(kind)} if before else {}
    gone = {key: (row, before) for key, row in old.items() if before and key not in rows}
    for key, (row, who) in sorted((rows | gone).items()):
        now = [row[name] if key in rows else 0 for name in ROWS[kind][1]]
        then = [old[key][name] if key in old else 0 for name in ROWS[kind][1]]
        yield row, who, now, then if before else None


def _producer(row: Record, content: Content) -> list[str]:
    return [content.producers[str(row["producer"])], _channel(row)]


def _household(row: Record, content: Content) -> list[str]:
    return [*_person(row, content), _kind(row), _channel(row)]


def _payout(row: Record, content: Content) -> list[str]:
    return [*_person(row, content), _kind(row)]


def _collective(row: Record, content: Content) -> list[str]:
    return [_channel(row)]


def _person(row: Record, content: Content) -> list[str]:
    return [row["household"], content.heads[row["household"]]]


def _channel(row: Record) -> str:
    return str(Channel(row["channel"]).label)


def _kind(row: Record) -> str:
    return str(IncomeKind(row["income_kind"]).label)


_Title = Callable[[], str]
_Words = Callable[[Record, Content], list[str]]
_HOUSEHOLD: tuple[_Title, ...] = (
    lambda: _("Household number"),
    lambda: _("Head of household"),
    lambda: _("Income kind"),
)
# Row kind → heading, columns of texts, columns of amounts in the order of `ROWS`, words of a row.
_HEADS: dict[str, tuple[_Title, tuple[_Title, ...], tuple[_Title, ...], _Words]] = {
    "producer": (
        lambda: _("Sales by producer"),
        (lambda: _("Producer"), lambda: _("Channel")),
        (
            lambda: _("Gross sales"),
            lambda: _("Received"),
            lambda: _("Refunds"),
            lambda: _("Change of pending"),
            lambda: _("Held by screening"),
        ),
        _producer,
    ),
    "household": (
        lambda: _("Credited to households"),
        (*_HOUSEHOLD, lambda: _("Channel")),
        (lambda: _("Credited"), lambda: _("Taken back"), lambda: _("Change of pending")),
        _household,
    ),
    "payout": (
        lambda: _("Paid out to households"),
        _HOUSEHOLD,
        (lambda: _("Paid out"),),
        _payout,
    ),
    "collective": (
        lambda: _("Village collective"),
        (lambda: _("Channel"),),
        (lambda: _("Credited, net"),),
        _collective,
    ),
}
