"""Refusals a second for a sold-out offer, against a trivial answer of the same process."""

import json
import sys

import httpx

from lukou_market.streams.models import Offer
from tests.benchmarks.support.load import get_load, order_load
from tests.benchmarks.support.shop import PRICE_FEN, books, hot_offer, make_buyers, tokens
from tests.gate_process import running_gate

_SECONDS, _CONNECTIONS = 3, 64
_BUYERS, _TAPS = 30_000, 5  # who is refused taps again


def main() -> None:
    """Print one JSON object; exits 1 when anything was sold."""
    offer = hot_offer(1)
    Offer.objects.filter(pk=offer.pk).update(taken=1)
    crowd, newcomers = tokens(make_buyers(_BUYERS)), tokens(make_buyers(_BUYERS * _TAPS))
    with running_gate() as gate:
        _require_sold_out(gate.url, newcomers.pop(), offer.pk)
        trivial = get_load(f"{gate.url}/gate/healthz", connections=_CONNECTIONS, seconds=_SECONDS)
        first, refused = (
            order_load(gate.url, buyers, offer.pk, connections=_CONNECTIONS, seconds=_SECONDS)
            for buyers in (newcomers, crowd * _TAPS)
        )
    sold = books(offer).orders
    result = {
        "refusals_per_s": round(refused.per_s),
        "connections": _CONNECTIONS,
        "taps_of_each_buyer": _TAPS,
        "p50_ms": refused.p50_ms,
        "p99_ms": refused.p99_ms,
        "trivial_per_s": round(trivial.per_s),
        "ratio": round(refused.per_s / trivial.per_s, 2),
        "first_tap_ratio": round(first.per_s / trivial.per_s, 2),
        "sold": sold,
        "accepted": first.accepted + refused.accepted,
    }
    sys.stdout.write(f"{json.dumps(result)}\n")
    sys.exit(bool(sold or result["accepted"]))


def _require_sold_out(url: str, token: str, offer_id: int) -> None:
    """The load counts whatever is not 2xx as a refusal: see that it is this one."""
    answer = httpx.post(
        f"{url}/api/v1/orders/",
        json={"offer": offer_id, "quantity": 1, "shown_total_fen": PRICE_FEN},
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": "first"},
    )
    if answer.json()["code"] != "sold_out":
        sys.exit(f"The gate refuses for another reason: {answer.text}")
