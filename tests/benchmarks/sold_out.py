"""Refusals a second for a sold-out offer, against a trivial answer of the same process."""

import json
import sys

from lukou_market.streams.models import Offer
from tests.benchmarks.support.load import get_load, order_load
from tests.benchmarks.support.shop import books, hot_offer, make_buyers, tokens
from tests.gate_process import running_gate

_SECONDS, _CONNECTIONS = 3, 64


def main() -> None:
    """Print one JSON object; exits 1 when anything was sold."""
    offer = hot_offer(1)
    Offer.objects.filter(pk=offer.pk).update(taken=1)
    buyers = tokens(make_buyers(_SECONDS * 30_000))
    with running_gate() as gate:
        trivial = get_load(f"{gate.url}/gate/healthz", connections=_CONNECTIONS, seconds=_SECONDS)
        refused = order_load(gate.url, buyers, offer.pk, connections=_CONNECTIONS, seconds=_SECONDS)
    sold = books(offer).orders
    result = {
        "refusals_per_s": round(refused.per_s),
        "connections": _CONNECTIONS,
        "p50_ms": refused.p50_ms,
        "p99_ms": refused.p99_ms,
        "trivial_per_s": round(trivial.per_s),
        "ratio": round(refused.per_s / trivial.per_s, 2),
        "sold": sold,
        "accepted": refused.accepted,
    }
    sys.stdout.write(f"{json.dumps(result)}\n")
    sys.exit(bool(sold or refused.accepted))
