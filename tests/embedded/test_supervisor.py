import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from urllib.request import urlopen

import psutil
import psycopg
import pytest
import redis as redis_client

from lukou_market.embedded import base, postgres, redis
from lukou_market.embedded.leftovers import end_leftovers
from lukou_market.embedded.supervisor import Program, start, statuses, supervised
from lukou_market.embedded.var_dir import VarDir
from lukou_market.embedded.watch import deaths_reported
from tests.embedded.test_services import processes_of
from tests.embedded.waiting import eventually


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def web(port: int) -> Program:
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2"]
    target = [
        "--port",
        str(port),
        "--respawn-failed-workers",
        "tests.embedded.wsgi_app:application",
    ]
    return Program("web", [*granian, *target], 50, autostart=False)


@pytest.fixture
def running(var: VarDir, port: int) -> Iterator[VarDir]:
    var.create()
    with supervised(var, [*base.base_programs(var, {}), web(port)]):
        base.wait_ready(var, {})
        start(var, "web")
        with deaths_reported(var):
            yield var
    assert processes_of(var) == []


def answering(port: int) -> tuple[int, int]:
    """(worker, its parent) of one answer."""
    with urlopen(f"http://127.0.0.1:{port}/", timeout=2) as answer:
        worker, parent = answer.read().split()
    return int(worker), int(parent)


def kill(var: VarDir, name: str) -> int:
    pid = eventually(lambda: statuses(var)[name].pid)
    os.kill(pid, signal.SIGKILL)
    return pid


def test_a_killed_database_comes_back_with_what_was_committed(running: VarDir) -> None:
    with psycopg.connect(postgres.url(running), autocommit=True) as connection:
        connection.execute("CREATE TABLE melon AS SELECT 7 AS kg")
    kill(running, "postgres")
    postgres.wait_ready(running)
    with psycopg.connect(postgres.url(running)) as connection:
        assert connection.execute("SELECT kg FROM melon").fetchone() == (7,)


def test_a_database_killed_under_a_busy_query_comes_back(running: VarDir) -> None:
    busy = psycopg.connect(postgres.url(running))
    busy.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 100000000000)")
    kill(running, "postgres")
    postgres.wait_ready(running)
    busy.close()


def test_a_killed_redis_comes_back(running: VarDir) -> None:
    kill(running, "redis")
    redis.wait_ready(running)
    with redis_client.Redis.from_url(redis.url(running)) as client:
        assert client.set("melon", 7)


def test_a_killed_web_server_leaves_no_old_worker_answering(running: VarDir, port: int) -> None:
    eventually(lambda: answering(port))
    old = kill(running, "web")
    new = eventually(lambda: answering(port)[1] not in (old, 1) and answering(port)[1])
    assert {answering(port)[1] for _ in range(20)} == {new}


def test_a_killed_web_worker_is_replaced(running: VarDir, port: int) -> None:
    worker, parent = eventually(lambda: answering(port))
    os.kill(worker, signal.SIGKILL)
    family = psutil.Process(parent)
    eventually(lambda: worker not in {p.pid for p in family.children()} and answering(port))
    eventually(lambda: len(family.children()) == 2)


def test_a_death_is_reported_in_one_line(
    running: VarDir, capsys: pytest.CaptureFixture[str]
) -> None:
    eventually(lambda: statuses(running)["redis"].state == "RUNNING")
    old = kill(running, "redis")
    line = eventually(lambda: capsys.readouterr().err)
    assert line.startswith(f"redis died (process {old}) and was started again (process ")
    assert line.count("\n") == 1


RUN = """
import sys, signal, pathlib
from lukou_market.embedded import base
from lukou_market.embedded.supervisor import supervised
from lukou_market.embedded.var_dir import VarDir
var = VarDir(pathlib.Path(sys.argv[1]))
var.create()
with supervised(var, base.base_programs(var, {})):
    base.wait_ready(var, {})
    print("ready", flush=True)
    signal.pause()
"""


@pytest.fixture
def owner(var: VarDir) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", RUN, str(var.path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        process.kill()
    end_leftovers(var)


def test_nothing_outlives_an_owner_that_was_killed(
    var: VarDir, owner: subprocess.Popen[str]
) -> None:
    assert processes_of(var)
    owner.kill()
    eventually(lambda: not processes_of(var))


def test_nothing_outlives_a_supervisor_that_was_killed(
    var: VarDir, owner: subprocess.Popen[str]
) -> None:
    (supervisor,) = psutil.Process(owner.pid).children()
    supervisor.kill()
    eventually(lambda: not processes_of(var))


def test_leftovers_are_ended_before_a_new_start(var: VarDir, owner: subprocess.Popen[str]) -> None:
    (supervisor,) = psutil.Process(owner.pid).children()
    supervisor.suspend()  # it can't pass the news on
    owner.kill()
    assert processes_of(var)
    supervisor.resume()
    assert end_leftovers(var) > 0
    assert processes_of(var) == []
