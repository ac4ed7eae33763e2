"""Processes die in the middle of the sale; the replay ends with every fen where it belongs."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import psycopg
import pytest

from lukou_market.embedded import postgres
from lukou_market.embedded.postgres import APPLICATION
from lukou_market.embedded.supervisor import statuses
from lukou_market.embedded.var_dir import VarDir
from tests.session_services import environment_of_a_checkout

_CHECKOUT = Path(__file__).resolve().parents[2]
_KILLED_AT = {"worker": 150, "web": 400, "redis": 650}  # paid orders, of about 1,050
_ENDS_WITHIN_S = 300


@pytest.fixture
def replay(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """`deploy/demo --once` with few viewers, no video, and a directory of its own."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    options = ["--once", "--fresh", "--without-edge", "--viewers", "2000", "--port", str(port)]
    process = subprocess.Popen(
        [sys.executable, "-m", "lukou_market.demo", *options],
        cwd=_CHECKOUT,
        env={**environment_of_a_checkout(), "LUKOU_VAR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield process
    process.terminate()
    process.wait(60)


def test_kills_in_mid_sale_lose_no_fen(tmp_path: Path, replay: subprocess.Popen[str]) -> None:
    assert replay.stdout is not None
    var, seen = VarDir(tmp_path), []
    for victim, paid in _KILLED_AT.items():
        seen += _read_until_paid(paid, replay.stdout)
        assert _roles_at_work(var) == {APPLICATION}
        os.kill(statuses(var)[victim].pid, signal.SIGKILL)
    rest, _ = replay.communicate(timeout=_ENDS_WITHIN_S)
    told = "".join([*seen, rest])
    assert [victim for victim in _KILLED_AT if f"{victim} died" not in told] == []
    assert replay.returncode == 0, told
    figures = json.loads(rest.splitlines()[-1])
    assert (figures["unexplained_fen"], figures["oversold_units"]) == (0, 0)
    assert figures["kg_sold"] >= 3_000


def _roles_at_work(var: VarDir) -> set[str]:
    """Whose connections there are to the shop's database, besides this one."""
    with psycopg.connect(postgres.url(var)) as owner:
        rows = owner.execute(
            "SELECT DISTINCT usename FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        return {row[0] for row in rows}


def _read_until_paid(orders: int, output: IO[str]) -> list[str]:
    seen = []
    for line in output:
        seen.append(line)
        paid = re.search(r" paid (\d+)", line)
        if paid and int(paid[1]) >= orders:
            return seen
    pytest.fail("".join(seen))
