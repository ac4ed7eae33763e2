"""`python -m lukou_market.demo.stripe_standin`: serve until SIGTERM or Ctrl-C."""

import argparse
import signal
from pathlib import Path

from .server import API_KEY, WEBHOOK_SECRET, StandIn


def main() -> None:
    given = _arguments()
    # Blocked before the threads start, so that all of them leave the signals to sigwait.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    with StandIn(
        webhook_url=given.webhook_url,
        webhook_secret=given.webhook_secret,
        state=given.state,
        api_key=given.api_key,
        host=given.host,
        port=given.port,
        public_url=given.public_url.rstrip("/"),
        fee_bp=given.fee_bp,
        dispute_fee=given.dispute_fee,
    ) as standin:
        print(f"Stripe stand-in at {standin.base_url}", flush=True)
        signal.sigwait({signal.SIGTERM, signal.SIGINT})


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="stripe_standin", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True, help="0 takes a free one")
    parser.add_argument("--public-url", default="", help="where buyers' browsers reach it")
    parser.add_argument("--state", type=Path, required=True, help="directory of the journal")
    parser.add_argument("--webhook-url", default="", help="empty: record events, send none")
    parser.add_argument("--webhook-secret", default=WEBHOOK_SECRET)
    parser.add_argument("--api-key", default=API_KEY)
    parser.add_argument("--fee-bp", type=int, default=0, help="fee in basis points")
    parser.add_argument("--dispute-fee", type=int, default=0, help="fee of a dispute in fen")
    return parser.parse_args()


if __name__ == "__main__":
    main()
