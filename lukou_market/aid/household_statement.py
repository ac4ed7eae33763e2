"""A household's statement (明白卡): what came in, by which rule, what is pending and was paid out.

Sums come from the totals and the book; single sales are listed while they fit on paper.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Case, F, Q, QuerySet, Sum, When

from lukou_market.accounts.models import Role, RoleGrant
from lukou_market.aid.household_selection import Selection, household_totals
from lukou_market.aid.models import HouseholdTotal
from lukou_market.aid.movements import Change
from lukou_market.aid.parties import masked_heads
from lukou_market.aid.posting_rules import HOUSEHOLD_KINDS, SHARE_CODES
from lukou_market.aid.trace_household import TracedLine, change_of, trace_household
from lukou_market.households.models import Household, IncomeKind, Producer
from lukou_market.ledger.models import Account, Transfer

EVENTS_ON_PAPER = 80
_PAYOUTS_ON_PAPER = 24
_BEGINNING = date(2000, 1, 1)

_BY_PRODUCER = """
    SELECT split_part(transfer.leg, ':', 2)::bigint, account.part, transfer.code,
           sum(transfer.amount_fen)
    FROM ledger_transfer transfer
    JOIN ledger_journal journal ON journal.id = transfer.journal_id
    JOIN ledger_account account ON account.id IN (transfer.debit_id, transfer.credit_id)
        AND account.owner = %(household)s AND account.kind = ANY(%(kinds)s)
    WHERE (transfer.credit_id = ANY(%(accounts)s) OR transfer.debit_id = ANY(%(accounts)s))
      AND transfer.code = ANY(%(codes)s)
      AND journal.month BETWEEN %(first_month)s AND %(last_month)s
    GROUP BY 1, 2, 3 ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class KindSum:
    """What a kind of income came to in the period."""

    income_kind: str
    change: Change

    @property
    def label(self) -> str:
        """The kind as a person says it."""
        return str(IncomeKind(self.income_kind).label)


@dataclass(frozen=True, slots=True)
class SourceSum:
    """What came from a producer's sales; `rules` are those of the sales that were looked at."""

    producer: str
    kind: KindSum
    rules: list[str]


@dataclass(frozen=True, slots=True)
class MonthSum:
    """What a month came to."""

    month: date
    change: Change


@dataclass(frozen=True, slots=True)
class Payout:
    """Money sent to the household's account; below zero when the bank sent it back."""

    at: datetime
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Statement:
    """The card. `pending_fen`, `balance_fen` and what producers pay themselves, because they were
    paid themselves, are as of the end of the last month, or now.

    `lines` are the sales of a single month that changed what is credited; None when there are
    more than fit on paper. `ask` names the cadres of the village, or else of the town.
    """

    household: Household
    head: str
    first_month: date
    last_month: date
    as_of: datetime
    change: Change
    kinds: list[KindSum]
    sources: list[SourceSum]
    months: list[MonthSum]
    lines: list[TracedLine] | None
    payouts: list[Payout]
    paid_out_fen: int
    pending_fen: int
    balance_fen: int
    by_producers_fen: int
    ask: list[str]

    @property
    def is_one_month(self) -> bool:
        """Whether the card is a month's."""
        return self.first_month == self.last_month


def household_statement(
    *, household: Household, first_month: date, last_month: date, now: datetime
) -> Statement:
    """The household's card from one month to another, both included."""
    selection = Selection(first_month, last_month)
    until = Selection(_BEGINNING, last_month)
    trace = trace_household(household=household, selection=selection, limit=EVENTS_ON_PAPER)
    so_far = household_totals(household=household, selection=until)
    by_producers_fen = _by_producers_fen(household, until)
    changed = [line for line in trace.lines if line.change.credited_fen or line.change.reversed_fen]
    return Statement(
        household=household,
        head=masked_heads([household.pk]).get(household.pk, ""),
        first_month=first_month,
        last_month=last_month,
        as_of=now,
        change=trace.totals,
        kinds=_kinds(household, selection),
        sources=_sources(household, selection, trace.lines),
        months=_months(household, selection),
        lines=sorted(changed, key=lambda line: line.happened_at) if trace.next is None else None,
        payouts=[
            Payout(row.effective_at, row.signed_fen)
            for row in _payouts(household, selection)[:_PAYOUTS_ON_PAPER]
        ],
        paid_out_fen=_paid_out_fen(household, selection),
        pending_fen=so_far.pending_fen,
        balance_fen=so_far.kept_fen - by_producers_fen - _paid_out_fen(household, until),
        by_producers_fen=by_producers_fen,
        ask=_whom_to_ask(household),
    )


def _kinds(household: Household, selection: Selection) -> list[KindSum]:
    sums = _sums_by("income_kind", household, selection)
    return [KindSum(kind.value, sums[kind]) for kind in IncomeKind if sums.get(kind.value)]


def _months(household: Household, selection: Selection) -> list[MonthSum]:
    sums = _sums_by("month", household, selection)
    return [MonthSum(month, sums[month]) for month in sorted(sums)]


def _sums_by(field: str, household: Household, selection: Selection) -> dict[Any, Change]:
    rows = HouseholdTotal.objects.filter(selection.of_totals, household=household)
    sums = rows.values_list(field).annotate(
        Sum("pending_fen"), Sum("credited_fen"), Sum("reversed_fen")
    )
    return {key: Change(pending, credited, back) for key, pending, credited, back in sums}


def _sources(
    household: Household, selection: Selection, lines: list[TracedLine]
) -> list[SourceSum]:
    sums = _by_producer(household, selection)
    names = dict(
        Producer.objects.filter(pk__in={producer for producer, _ in sums}).values_list("pk", "name")
    )
    rules: dict[tuple[str, str], set[str]] = defaultdict(set)
    for line in lines:
        if line.rule:
            words = f"{line.rule.mechanism_name}：{line.rule.terms}"
            rules[line.producer, line.income_kind].add(words)
    return [
        SourceSum(names[producer], KindSum(kind, change), sorted(rules[names[producer], kind]))
        for (producer, kind), change in sums.items()
    ]


def _by_producer(household: Household, selection: Selection) -> dict[tuple[int, str], Change]:
    accounts = Account.objects.filter(kind__in=HOUSEHOLD_KINDS, owner=household.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            _BY_PRODUCER,
            {
                "household": household.pk,
                "accounts": list(accounts.values_list("pk", flat=True)),
                "codes": list(SHARE_CODES),
                "kinds": list(HOUSEHOLD_KINDS),
                "first_month": selection.first_month,
                "last_month": selection.last_month,
            },
        )
        sums: dict[tuple[int, str], Change] = defaultdict(Change)
        for producer, kind, code, fen in cursor.fetchall():
            sums[producer, kind] += change_of(code, int(fen))
    return sums


def _by_producers_fen(household: Household, selection: Selection) -> int:
    """What is its part of direct sales."""
    direct = _of_account("household_direct", household, selection)
    fen: int = direct.aggregate(fen=Sum("signed_fen", default=0))["fen"]
    return fen


def _payouts(household: Household, selection: Selection) -> QuerySet[Transfer, Any]:
    """To the household's account and, below zero, back from it; newest first."""
    return _of_account("household_paid", household, selection)


def _of_account(kind: str, household: Household, selection: Selection) -> QuerySet[Transfer, Any]:
    """What the accounts of this kind were credited and, below zero, debited; newest first."""
    # As ids: with a subquery on either side the whole book is read.
    accounts = list(
        Account.objects.filter(kind=kind, owner=household.pk).values_list("pk", flat=True)
    )
    rows = Transfer.objects.filter(Q(credit__in=accounts) | Q(debit__in=accounts)).filter(
        journal__month__gte=selection.first_month, journal__month__lte=selection.last_month
    )
    paid = Q(credit__in=accounts)
    signed = Case(When(paid, then=F("amount_fen")), default=-F("amount_fen"))
    return rows.annotate(signed_fen=signed).order_by("-id")


def _paid_out_fen(household: Household, selection: Selection) -> int:
    paid: int = _payouts(household, selection).aggregate(fen=Sum("signed_fen", default=0))["fen"]
    return paid


def _whom_to_ask(household: Household) -> list[str]:
    village = household.village
    for region in (village, village.parent):
        cadres = RoleGrant.objects.filter(role=Role.CADRE, region=region, user__is_active=True)
        names = cadres.order_by("id").values_list("user__display_name", flat=True)[:2]
        if names:
            return list(names)
    return []
