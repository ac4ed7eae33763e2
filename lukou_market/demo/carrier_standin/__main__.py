"""`python -m lukou_market.demo.carrier_standin --port N`: serve until SIGTERM or Ctrl-C."""

import argparse
import signal
from datetime import timedelta

from .server import CarrierStandIn


def main() -> None:
    parser = argparse.ArgumentParser(prog="carrier_standin", description=__doc__)
    parser.add_argument("--port", type=int, required=True, help="0 takes a free one")
    parser.add_argument("--step-seconds", type=int, default=60, help="between two scans")
    given = parser.parse_args()
    # Blocked before the thread starts, so that it leaves the signals to sigwait.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    with CarrierStandIn(port=given.port, step=timedelta(seconds=given.step_seconds)) as standin:
        print(f"Carrier stand-in at {standin.base_url}", flush=True)
        signal.sigwait({signal.SIGTERM, signal.SIGINT})


if __name__ == "__main__":
    main()
