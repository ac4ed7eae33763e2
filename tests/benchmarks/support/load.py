"""Many connections that order as fast as they are answered: wrk, from C."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.support.shop import PRICE_FEN

_SCRIPT = Path(__file__).with_name("wrk.lua")


@dataclass(frozen=True, slots=True)
class Load:
    """What the clients saw. `answered` counts whole answers, `refused` those not 2xx."""

    connections: int
    answered: int
    refused: int
    broken: int
    per_s: float
    p50_ms: float
    p99_ms: float

    @property
    def accepted(self) -> int:
        """Answers that were 2xx."""
        return self.answered - self.refused


def order_load(
    url: str, tokens: Sequence[str], offer_id: int, *, connections: int, seconds: float
) -> Load:
    """One order for each token, until `seconds` are over or the tokens are used up."""
    with tempfile.NamedTemporaryFile("w") as file:
        file.write("\n".join(tokens))
        file.flush()
        body = {"offer": offer_id, "quantity": 1, "shown_total_fen": PRICE_FEN}
        arguments = [file.name, json.dumps(body), f"tap-{offer_id}"]
        return _wrk(url, connections, seconds, "-s", str(_SCRIPT), "--", *arguments)


def get_load(url: str, *, connections: int, seconds: float) -> Load:
    """The same GET again and again."""
    script = _SCRIPT.with_name("wrk_get.lua")
    return _wrk(url, connections, seconds, "-s", str(script))


def _wrk(url: str, connections: int, seconds: float, *arguments: str) -> Load:
    if shutil.which("wrk") is None:
        sys.exit("The benchmark's load comes from wrk (Debian: apt-get install wrk).")
    options = ["wrk", "-t", "2", "-c", str(connections), "-d", f"{round(seconds)}s", url]
    done = subprocess.run([*options, *arguments], check=True, capture_output=True, text=True)
    result = next(line for line in done.stdout.splitlines() if line.startswith("RESULT"))
    answered, duration_us, refused, broken, p50_us, p99_us = map(int, result.split()[1:])
    return Load(
        connections, answered, refused, broken, answered / (duration_us / 1e6),
        p50_us / 1000, p99_us / 1000,
    )  # fmt: skip
