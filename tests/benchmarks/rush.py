"""A flash offer: 20,000 buyers for 2,000 boxes, from the first tap to an empty backlog."""

import asyncio
import json
import sys
import time
from datetime import timedelta

from django.utils import timezone

from lukou_market.demo.replay.http import Client
from lukou_market.orders.expire_orders import expire_due_orders
from tests.benchmarks.support.shop import PRICE_FEN, books, hot_offer, make_buyers, tokens
from tests.gate_process import running_gate

_BUYERS, _BOXES, _CONNECTIONS = 20_000, 2_000, 256


def main() -> None:
    """Print one JSON object; exits 1 when the books do not fit."""
    offer = hot_offer(_BOXES)
    crowd = tokens(make_buyers(_BUYERS))
    with running_gate() as gate:
        answers = asyncio.run(_taps(gate.url, crowd, offer.pk))
    accepted = sum(status == 201 for status, _ in answers)
    sold = books(offer)
    began = time.perf_counter()
    while expire_due_orders(now=timezone.now() + timedelta(minutes=16)):
        pass
    swept_s = time.perf_counter() - began
    left = books(offer)
    result = {
        "buyers": _BUYERS,
        "boxes": _BOXES,
        "last_acknowledged_s": round(max(at for status, at in answers if status == 201), 3),
        "last_refused_s": round(max(at for status, at in answers if status == 409), 3),
        "backlog_empty_s": round(swept_s, 3),
        "answered": len(answers),
        "sold": sold.orders,
        "oversold": sold.oversold + sold.unexplained,
        "lost": max(accepted - sold.orders, 0),
        "doubled": sold.doubled,
        "not_given_back": left.orders + left.unexplained,
    }
    sys.stdout.write(f"{json.dumps(result)}\n")
    wrong = result["oversold"] or result["lost"] or sold.doubled or result["not_given_back"]
    sys.exit(bool(wrong or sold.orders != _BOXES))


async def _taps(url: str, crowd: list[str], offer_id: int) -> list[tuple[int, float]]:
    """Status of each buyer's answer, and the seconds from the first tap until it came."""
    client = Client(url, connections=_CONNECTIONS, patience_s=30)
    body = {"offer": offer_id, "quantity": 1, "shown_total_fen": PRICE_FEN}
    began = time.perf_counter()

    async def tap(token: str) -> tuple[int, float]:
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "tap"}
        answer = await client.insist("POST", "/api/v1/orders/", body=body, headers=headers)
        return answer.status, time.perf_counter() - began

    return await asyncio.gather(*(tap(token) for token in crowd))
