import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import stripe

from lukou_market.demo.stripe_standin.server import StandIn
from lukou_market.demo.stripe_standin.store import Store

from .conftest import client_of, session_params
from .receiver import SECRET, Receiver


def paid_session(standin: StandIn) -> stripe.checkout.Session:
    client = client_of(standin)
    session = client.v1.checkout.sessions.create(session_params(), {"idempotency_key": "k"})
    standin.pay(session.id)
    return client.v1.checkout.sessions.retrieve(session.id)


def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    with StandIn(state=tmp_path) as before:
        before.misbehave(delay=0.25)
        session = paid_session(before)
    with StandIn(state=tmp_path) as after:
        client = client_of(after)
        assert client.v1.checkout.sessions.retrieve(session.id) == session
        assert client.v1.balance.retrieve().available[0].amount == 5980
        again = client.v1.checkout.sessions.create(session_params(), {"idempotency_key": "k"})
        assert again.id == session.id
        assert after.account.misbehaviour()["delay"] == 0.25


def test_webhooks_still_owed_are_sent_after_a_restart(tmp_path: Path) -> None:
    with (
        Receiver(refusals=10**6) as closed,
        StandIn(webhook_url=closed.url, webhook_secret=SECRET, state=tmp_path) as before,
    ):
        paid_session(before)
    with (
        Receiver() as receiver,
        StandIn(webhook_url=receiver.url, webhook_secret=SECRET, state=tmp_path),
    ):
        assert len(receiver.types(3)) == 3


def test_half_a_line_at_the_end_of_the_journal_is_dropped(tmp_path: Path) -> None:
    with StandIn(state=tmp_path) as standin:
        session = paid_session(standin)
    with (tmp_path / "journal.jsonl").open("ab") as journal:
        journal.write(b'{"put":[{"id":"cs_')
    for _ in range(2):
        store = Store(tmp_path)
        assert [row["id"] for row in store.newest_first("checkout.session")] == [session.id]
        store.put({"id": "x", "object": "y"})
        store.commit()
        store.close()


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_the_command_serves_until_it_is_told_to_stop(
    tmp_path: Path, ending: signal.Signals
) -> None:
    command = [sys.executable, "-m", "lukou_market.demo.stripe_standin", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--state", str(tmp_path), "--api-key", "sk_test_command"],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(Path.cwd())},
        text=True,
    )
    try:
        assert process.stdout is not None
        url = process.stdout.readline().split()[-1]
        client = stripe.StripeClient("sk_test_command", base_addresses={"api": url})
        assert client.v1.balance.retrieve().available[0].amount == 0
        process.send_signal(ending)
        assert process.wait(timeout=15) == 0
    finally:
        process.kill()
        process.wait()
