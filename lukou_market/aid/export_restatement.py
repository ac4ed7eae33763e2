"""A restatement as a file: written line by line like a period, and sealed like one."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.utils import timezone

from lukou_market.aid.later_events import LaterEvent
from lukou_market.aid.restate_period import Restated, Restatement
from lukou_market.aid.verifier.verify_period import Record, line_of, seal
from lukou_market.ledger.models import Transfer

FORMAT = "lukou-market-restatement/1"
BASIS = {
    "sales": "净销售额：签发数为本月付款减本月退款；后续变动为对本月付款订单的退款和迟到入账",
    "credited": "记入农户净额：签发数为本月记入减冲回；后续变动为对本月记入部分的冲回和迟到入账",
    "note": "后续变动同时计入其入账月份，各月调整后数不得相加",
}


def export_restatement(restatement: Restatement, *, now: datetime) -> bytes:
    """Header, the later events with their transfers, the households changed, and the sums."""
    period, moved = restatement.period, transfers_of(restatement.events)
    header = {
        "kind": "header",
        "format": FORMAT,
        "month": f"{period.month:%Y-%m}",
        "period_sha256": period.sha256,
        "as_of": timezone.localtime(now).isoformat(timespec="seconds"),
        "unit": "fen",
        "basis": BASIS,
    }
    households = [
        {
            "kind": "household",
            "household": change.number,
            "village": change.village,
            "income_kind": change.income_kind,
            "credited_fen": change.credited_fen,
        }
        for change in restatement.households
    ]
    events = [_event(event, moved[event.id]) for event in restatement.events]
    sums = [_sum("sales", restatement.sales), _sum("credited", restatement.credits)]
    body = b"".join(map(line_of, [header, *events, *households, *sums]))
    return body + seal(body)


def transfers_of(events: list[LaterEvent]) -> dict[int, list[dict[str, Any]]]:
    """The transfers of each event's lines, each with the one it reverses."""
    rows = Transfer.objects.filter(
        source_kind="order_event", source_id__in=[event.id for event in events]
    )
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows.order_by("id"):
        found[row.source_id].append(
            {
                "id": row.pk,
                "code": row.code,
                "amount_fen": row.amount_fen,
                "reverses_id": row.reverses_id,
            }
        )
    return found


def _event(event: LaterEvent, transfers: list[dict[str, Any]]) -> Record:
    return {
        "kind": "event",
        "order": event.number,
        "channel": event.channel,
        "what": event.kind,
        "late": event.late,
        "booked_in": f"{event.booked_in:%Y-%m}",
        "occurred_at": timezone.localtime(event.occurred_at).isoformat(timespec="seconds"),
        "sales_fen": event.sales_fen,
        "transfers": transfers,
    }


def _sum(figure: str, restated: Restated) -> Record:
    return {
        "kind": "restated",
        "figure": figure,
        "signed_fen": restated.signed_fen,
        "later_fen": restated.later_fen,
        "restated_fen": restated.restated_fen,
    }
