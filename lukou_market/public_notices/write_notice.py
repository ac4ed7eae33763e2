"""The bytes of a notice: masked names, one line of JSON for each household, and the totals.

Where fewer households than `least_households` were credited, masking hides nobody: then no
figure of the village is in it at all, for sales and totals tell a single household's income to
whoever knows its rule. No total of a town is ever posted, so none can be had by subtraction.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from lukou_market.aid.verifier.verify_period import Record, cut_off_of, line_of
from lukou_market.households.models import HouseholdMember, IncomeKind, Relation
from lukou_market.kernel.masking import mask_name
from lukou_market.kernel.personal_digits import refuse_personal_digits
from lukou_market.public_notices.clock import last_day
from lukou_market.public_notices.source import Figures
from lukou_market.public_notices.terms import Terms
from lukou_market.regions.models import Region
from lukou_market.village_reports.content import content_of

FORMAT = "lukou-market-notice/1"
# Part of the format: never translated, never changed within it.
BASIS = [
    "销售额不等于农户收入：销售额是本月付款的订单金额减本月退款，按经营主体所在村计。",
    "记入农户：本月收货订单按下单时有效的利益联结应得的金额，减本月退款冲回的部分；可为负。",
    "已发放：本月银行已付到农户账户的金额，减退回的金额。单位：元。月份按北京时间。",
]
_SHORT_NUMBER = 5


def write_notice(
    *,
    village: Region,
    month: date,
    figures: Figures,
    terms: Terms,
    number: str,
    replaces: str,
    correction: str,
    posted_at: datetime,
) -> bytes:
    """Header, a row for each credited household unless they are too few, and the totals.

    Raises PersonalDigits for the village's remark or the words of a correction.
    """
    remark = figures.report.remark
    refuse_personal_digits(remark, correction)
    credits = _credits(figures.rows)
    shown = not is_too_few(figures.rows, terms)
    header = {
        "kind": "header",
        "format": FORMAT,
        "number": number,
        "replaces": replaces,
        "village": village.code,
        "village_name": village.name,
        "town_name": village.parent.name if village.parent else "",
        "month": f"{month:%Y-%m}",
        "cut_off": cut_off_of(f"{month:%Y-%m}"),
        "unit": "fen",
        "report_sha256": figures.report.sha256,
        "basis": BASIS,
        "remark": remark,
        "correction": correction,
        "object_until": f"{last_day(posted_at, terms.open_days):%Y-%m-%d}",
        "least_households": terms.least_households,
        "shown": shown,
    }
    rows = _rows(credits) if shown else []
    registered = content_of(figures.report).registered
    totals = [_totals(figures.rows, credits, terms, registered)] if shown else []
    return b"".join(map(line_of, [header, *rows, *totals]))


def is_too_few(rows: Sequence[Record], terms: Terms) -> bool:
    """Whether the village's figures tell what a single household got (decision 0096)."""
    return len(_credits(rows)) < terms.least_households


def _credits(rows: Sequence[Record]) -> dict[str, Counter[str]]:
    """By household and kind of income, less what was taken back; none without an amount."""
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row["kind"] == "household" and (row["credited_fen"] or row["reversed_fen"]):
            sums[row["household"]][row["income_kind"]] += row["credited_fen"] - row["reversed_fen"]
    return dict(sorted(sums.items()))


def _rows(credits: dict[str, Counter[str]]) -> list[dict[str, Any]]:
    heads = {
        head.household.number: mask_name(head.name)
        for head in HouseholdMember.objects.filter(
            household__number__in=credits, relation=Relation.HEAD
        ).select_related("household")
    }
    return [
        {
            "kind": "household",
            "head": heads.get(number, "*"),
            "household": number[-_SHORT_NUMBER:],
            **{f"{kind}_fen": sums[kind] for kind in IncomeKind.values},
            "credited_fen": sums.total(),
        }
        for number, sums in credits.items()
    ]


def _totals(
    rows: Sequence[Record], credits: dict[str, Counter[str]], terms: Terms, registered: int
) -> dict[str, Any]:
    return {
        "kind": "total",
        "households": len(credits),
        "registered": registered,
        **{
            f"{kind}_fen": sum(sums[kind] for sums in credits.values())
            for kind in IncomeKind.values
        },
        "credited_fen": sum(sums.total() for sums in credits.values()),
        "sales_fen": sum(
            row["gross_fen"] - row["refunded_fen"] for row in rows if row["kind"] == "producer"
        ),
        "collective_fen": sum(row["collective_fen"] for row in rows if row["kind"] == "collective"),
        "paid_out_fen": paid_out_shown(rows, terms),
    }


def paid_out_shown(rows: Sequence[Record], terms: Terms) -> int | None:
    """The sum paid out; None when so few were paid that it tells what one of them got."""
    paid = [row for row in rows if row["kind"] == "payout"]
    if 0 < len({row["household"] for row in paid}) < terms.least_households:
        return None
    return sum(int(row["paid_out_fen"]) for row in paid)
