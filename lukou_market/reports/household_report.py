"""Households: the streams they took part in, and what reached each of them."""

from collections.abc import Iterator

from django.db.models import F, Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lukou_market.households.models import Household, HouseholdMember, IncomeKind
from lukou_market.kernel.masking import mask_name
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.reports.figures import Credits, credits_by, sales_by
from lukou_market.reports.question import Question
from lukou_market.reports.sheet import Cell, Column, Row, Sheet, Unit
from lukou_market.reports.took_part import streams_taken_part_in

COLUMNS = (
    Column(gettext_lazy("Household")),
    Column(gettext_lazy("Head of household")),
    Column(gettext_lazy("Village")),
    Column(gettext_lazy("Category")),
    Column(gettext_lazy("Streams it took part in"), Unit.COUNT, adds_up=False),
    Column(gettext_lazy("Own net sales"), Unit.FEN),
    *(Column(label, Unit.FEN) for label in IncomeKind.labels),
    Column(gettext_lazy("Credited"), Unit.FEN),
    Column(gettext_lazy("Pending"), Unit.FEN),
    Column(gettext_lazy("Paid out"), Unit.FEN),
)
PER_PAGE = 50
_READ_AT_ONCE = 500


def household_report(question: Question, *, page: int = 0) -> Sheet:
    """Every household of the region by number; page 0 is all, read a few hundred at a time.

    The totals are always of all. Household-times (户次) have none: they aren't households.
    """
    asked = households_of(question)
    shown = (
        list(asked[(page - 1) * PER_PAGE : page * PER_PAGE])
        if page
        else asked.iterator(chunk_size=_READ_AT_ONCE)
    )
    credits_ = credits_by(question, F("household_id"))
    own_fen = _own_fen(question)
    taken_part = streams_taken_part_in(question)

    def rows() -> Iterator[Row]:
        for household in shown:
            of_it = credits_[household.pk]
            texts = [household.number, _head(household), household.village.name,
                     str(household.get_category_display())]  # fmt: skip
            figures = [taken_part.get(household.pk, 0), own_fen.get(household.pk, 0)]
            yield Row([*texts, *figures, *_money(of_it)], about=household)

    return Sheet(
        COLUMNS,
        rows(),
        _totals(_("Total"), own_fen, Credits.total(credits_.values())),
        before=_before(question.previous),
    )


def households_of(question: Question) -> QuerySet[Household]:
    """Those the report is about, by number."""
    heads = Prefetch("members", HouseholdMember.objects.filter(relation="head"), "heads")
    inside = Jurisdiction.of_regions([question.region]).scope(Household.objects.all(), "village_id")
    return inside.select_related("village").prefetch_related(heads).order_by("number")


def _before(question: Question) -> list[Cell]:
    total = Credits.total(credits_by(question, F("household_id")).values())
    return _totals(_("The period before"), _own_fen(question), total)


def _totals(word: str, own_fen: dict[int, int], total: Credits) -> list[Cell]:
    return [word, "", "", "", None, sum(own_fen.values()), *_money(total)]


def _own_fen(question: Question) -> dict[int, int]:
    """Net sales of households that are producers themselves."""
    sold = sales_by(question, F("producer__household_id"))
    return {key: sales.net_fen for key, sales in sold.items() if key is not None}


def _money(credits_: Credits) -> list[int]:
    return [*credits_.kinds_fen, credits_.credited_fen, credits_.pending_fen, credits_.paid_fen]


def _head(household: Household) -> str:
    return "".join(mask_name(head.name) for head in getattr(household, "heads", []))
