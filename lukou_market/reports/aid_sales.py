"""The aid-sales report: what a region's producers sold, and what reached its households.

Two groups of figures that are never added to each other: sales belong to the producer's
village, credits to the household's. Sales are not income.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F, Prefetch
from django.db.models.functions import Left

from lukou_market.households.models import Household, HouseholdMember, Producer
from lukou_market.kernel.masking import mask_name
from lukou_market.regions.models import Level, Region
from lukou_market.reports.figures import Credits, Sales, credits_by, sales_by
from lukou_market.reports.question import Question

DIGITS_BELOW = {Level.DISTRICT: 9, Level.TOWN: 12}


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
    digits = DIGITS_BELOW[Level(question.region.level)]
    sales = sales_by(question, Left("producer__village_id", digits))
    credits_ = credits_by(question, Left("household__village_id", digits))
    return [
        RegionRow(region, sales[region.subtree_prefix], credits_[region.subtree_prefix])
        for region in Region.objects.filter(parent=question.region)
    ]


def _producer_rows(question: Question) -> list[ProducerRow]:
    sales = sales_by(question, F("producer_id"))
    producers = Producer.objects.filter(village=question.region)
    return [ProducerRow(producer, sales[producer.pk]) for producer in producers]


def _household_rows(question: Question) -> list[HouseholdRow]:
    credits_ = credits_by(question, F("household_id"))
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
