"""The aid-sales report: what a region's producers sold, and what reached its households.

Two groups of figures that are never added to each other: sales belong to the producer's
village, credits to the household's. Sales are not income.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import F, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Left

from lukou_market.aid.models import HouseholdTotal, ProducerTotal
from lukou_market.households.models import Household, HouseholdMember, IncomeKind, Producer
from lukou_market.kernel.masking import mask_name
from lukou_market.payouts.queries import confirmed_lines
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.regions.models import Level, Region

M = TypeVar("M", ProducerTotal, HouseholdTotal)
_DIGITS_BELOW = {Level.DISTRICT: 9, Level.TOWN: 12}


@dataclass(frozen=True, slots=True)
class Question:
    """What the report is about; months are first days, both included; channel "" is all."""

    region: Region
    first_month: date
    last_month: date
    channel: str = ""

    @property
    def in_period(self) -> Q:
        """The totals of the period."""
        return Q(month__gte=self.first_month, month__lte=self.last_month)


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


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A town or village in the report on the region above it."""

    region: Region
    sales: Sales
    credits: Credits


@dataclass(frozen=True, slots=True)
class ProducerRow:
    """A producer of the village."""

    producer: Producer
    sales: Sales


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """A household of the village; `head` is masked."""

    household: Household
    head: str
    credits: Credits


@dataclass(frozen=True, slots=True)
class AidSales:
    """The report: rows of regions, or of a village's producers and households, and totals."""

    question: Question
    as_of: datetime
    sales: Sales
    credits: Credits
    regions: list[RegionRow] = field(default_factory=list)
    producers: list[ProducerRow] = field(default_factory=list)
    households: list[HouseholdRow] = field(default_factory=list)

    @property
    def is_village(self) -> bool:
        """Whether this is the lowest level."""
        return self.question.region.level == Level.VILLAGE

    @property
    def is_empty(self) -> bool:
        """Whether there is no figure to show."""
        return self.sales == Sales() and not any(self.credits.by_kind.values()) and (
            self.credits.pending_fen == self.credits.paid_fen == 0
        )  # fmt: skip


def aid_sales(question: Question, *, now: datetime) -> AidSales:
    """Answer `question` with totals as they stand at `now`."""
    if question.region.level == Level.VILLAGE:
        producers, households = _producer_rows(question), _household_rows(question)
        return AidSales(
            question=question,
            as_of=now,
            sales=Sales.total(row.sales for row in producers),
            credits=Credits.total(row.credits for row in households),
            producers=producers,
            households=households,
        )
    regions = _region_rows(question)
    return AidSales(
        question=question,
        as_of=now,
        sales=Sales.total(row.sales for row in regions),
        credits=Credits.total(row.credits for row in regions),
        regions=regions,
    )


def _region_rows(question: Question) -> list[RegionRow]:
    digits = _DIGITS_BELOW[Level(question.region.level)]
    sales = _sales_by(question, Left("producer__village_id", digits))
    credits_ = _credits_by(question, Left("household__village_id", digits))
    return [
        RegionRow(region, sales[region.subtree_prefix], credits_[region.subtree_prefix])
        for region in Region.objects.filter(parent=question.region)
    ]


def _producer_rows(question: Question) -> list[ProducerRow]:
    sales = _sales_by(question, F("producer_id"))
    producers = Producer.objects.filter(village=question.region)
    return [ProducerRow(producer, sales[producer.pk]) for producer in producers]


def _household_rows(question: Question) -> list[HouseholdRow]:
    credits_ = _credits_by(question, F("household_id"))
    heads = Prefetch("members", HouseholdMember.objects.filter(relation="head"), "heads")
    households = Household.objects.filter(village=question.region).prefetch_related(heads)
    return [
        HouseholdRow(
            household,
            "".join(mask_name(head.name) for head in getattr(household, "heads", [])),
            credits_[household.pk],
        )
        for household in households
    ]


def _sales_by(question: Question, key: Any) -> defaultdict[Any, Sales]:
    rows = _asked_for(ProducerTotal.objects.all(), question, "producer__village_id")
    sums = rows.values(key=key).annotate(
        gross=Sum("gross_fen", filter=question.in_period, default=0),
        refunded=Sum("refunded_fen", filter=question.in_period, default=0),
        pending=Sum("pending_fen", default=0),
    )
    found = {row["key"]: Sales(row["gross"], row["refunded"], row["pending"]) for row in sums}
    return defaultdict(Sales, found)


def _credits_by(question: Question, key: Any) -> defaultdict[Any, Credits]:
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
    sums = inside.values(key=key).annotate(fen=Sum("amount_fen"))
    return {row["key"]: row["fen"] for row in sums}


def _asked_for(rows: QuerySet[M], question: Question, path: str) -> QuerySet[M]:
    inside = Jurisdiction.of_regions([question.region]).scope(rows, path)
    return inside.filter(channel=question.channel) if question.channel else inside
