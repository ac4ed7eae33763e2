"""Sales and credits of a period, added up from the totals that the book keeps."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import F, QuerySet, Sum

from lukou_market.aid.models import HouseholdTotal, ProducerTotal
from lukou_market.households.models import IncomeKind
from lukou_market.payouts.queries import confirmed_lines
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.reports.question import Question

M = TypeVar("M", ProducerTotal, HouseholdTotal)


@dataclass(frozen=True, slots=True)
class Sales:
    """Fen sold by producers; `pending_fen` is a balance as of now, whatever the period."""

    gross_fen: int = 0
    refunded_fen: int = 0
    pending_fen: int = 0

    @property
    def net_fen(self) -> int:
        """Gross less refunds."""
        return self.gross_fen - self.refunded_fen

    @classmethod
    def total(cls, parts: "Iterable[Sales]") -> "Sales":
        """The sum of `parts`."""
        rows = [(part.gross_fen, part.refunded_fen, part.pending_fen) for part in parts]
        return cls(*(sum(column) for column in zip(*rows, strict=True)))


@dataclass(frozen=True, slots=True)
class Credits:
    """Fen credited to households by kind of income, less what refunds took back.

    `paid_fen` is what the bank confirmed in the period, through whichever channel it was earned.
    """

    by_kind: dict[str, int] = field(default_factory=dict)
    pending_fen: int = 0
    paid_fen: int = 0

    @property
    def credited_fen(self) -> int:
        """All kinds of income."""
        return sum(self.by_kind.values())

    @property
    def kinds_fen(self) -> list[int]:
        """One amount for each of `IncomeKind`, in its order."""
        return [self.by_kind.get(kind, 0) for kind in IncomeKind]

    @classmethod
    def total(cls, parts: "Iterable[Credits]") -> "Credits":
        """The sum of `parts`."""
        by_kind: dict[str, int] = defaultdict(int)
        pending_fen = paid_fen = 0
        for part in parts:
            pending_fen += part.pending_fen
            paid_fen += part.paid_fen
            for kind, amount_fen in part.by_kind.items():
                by_kind[kind] += amount_fen
        return cls(dict(by_kind), pending_fen, paid_fen)


def sales_by(question: Question, key: Any) -> defaultdict[Any, Sales]:
    """What producers of the region sold, by `key`, an expression over their totals."""
    rows = _asked_for(ProducerTotal.objects.all(), question, "producer__village_id")
    sums = rows.values(key=key).annotate(
        gross=Sum("gross_fen", filter=question.in_period, default=0),
        refunded=Sum("refunded_fen", filter=question.in_period, default=0),
        pending=Sum("pending_fen", default=0),
    )
    found = {row["key"]: Sales(row["gross"], row["refunded"], row["pending"]) for row in sums}
    return defaultdict(Sales, found)


def credits_by(question: Question, key: Any) -> defaultdict[Any, Credits]:
    """What reached households of the region, by `key`, an expression over their totals."""
    rows = _asked_for(HouseholdTotal.objects.all(), question, "household__village_id")
    sums = rows.values("income_kind", key=key).annotate(
        credited=Sum(F("credited_fen") - F("reversed_fen"), filter=question.in_period, default=0),
        pending=Sum("pending_fen", default=0),
    )
    parts: defaultdict[Any, list[Credits]] = defaultdict(list)
    for row in sums:
        parts[row["key"]].append(Credits({row["income_kind"]: row["credited"]}, row["pending"]))
    for key_of_paid, paid_fen in _paid_by(question, key).items():
        parts[key_of_paid].append(Credits(paid_fen=paid_fen))
    return defaultdict(Credits, {key: Credits.total(of_key) for key, of_key in parts.items()})


def _paid_by(question: Question, key: Any) -> dict[Any, int]:
    paid = confirmed_lines(first_month=question.first_month, last_month=question.last_month)
    inside = Jurisdiction.of_regions([question.region]).scope(paid, "household__village_id")
    sums = inside.order_by().values(key=key).annotate(fen=Sum("amount_fen"))
    return {row["key"]: row["fen"] for row in sums}


def _asked_for(rows: QuerySet[M], question: Question, path: str) -> QuerySet[M]:
    inside = Jurisdiction.of_regions([question.region]).scope(rows, path)
    return inside.filter(channel=question.channel) if question.channel else inside


def received_by(question: Question, key: Any) -> defaultdict[Any, int]:
    """Fen of what buyers received, by the month of receipt, before later refunds."""
    rows = _asked_for(ProducerTotal.objects.all(), question, "producer__village_id")
    sums = rows.filter(question.in_period).values(key=key).annotate(fen=Sum("received_fen"))
    return defaultdict(int, {row["key"]: row["fen"] for row in sums})
