"""`python -m lukou_market.demo.carrier_standin --port N`: serve until SIGTERM or Ctrl-C."""

import argparse
import signal
from datetime import timedelta
from pathlib import Path

from .server import API_KEY, CarrierStandIn


def main() -> None:
    parser = argparse.ArgumentParser(prog="carrier_standin", description=__doc__)
    parser.add_argument("--port", type=int, required=True, help="0 takes a free one")
    parser.add_argument("--api-key", default=API_KEY)
    parser.add_argument("--step-seconds", type=int, default=60, help="between two scans")
    parser.add_argument("--state", type=Path, help="file that keeps what it knows")
    given = parser.parse_args()
    # Blocked before the thread starts, so that it leaves the signals to sigwait.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    with CarrierStandIn(
        port=given.port,
        api_key=given.api_key,
        step=timedelta(seconds=given.step_seconds),
        state=given.state,
    ) as standin:
        print(f"Carrier stand-in at {standin.base_url}", flush=True)
        signal.sigwait({signal.SIGTERM, signal.SIGINT})


if __name__ == "__main__":
    main()
