"""The shop as the demonstration runs it: gate, web, worker and beat, each its own process."""

import os
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import httpx
from django.conf import settings
from django.core.management import call_command

from lukou_market.demo.programs import local_edge, rooms, shop
from lukou_market.embedded.edge import SERVERS, missing_packages, prepare
from lukou_market.embedded.launch import command_line, environment
from lukou_market.embedded.local_env import write_local_env
from lukou_market.embedded.supervisor import Program
from lukou_market.embedded.var_dir import VarDir
from tests.listening import free_port


@contextmanager
def running_shop() -> Iterator[str]:
    """The shop's address; it ends with the block."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    var = VarDir(settings.VAR_DIR)
    with _running(var, shop(var, port=port), os.environ, url):
        yield url


@contextmanager
def running_shop_with_edge() -> Iterator[str]:
    """The same behind the edge, with what tells rooms their news."""
    missing = missing_packages()
    assert not missing, f"this needs the edge: apt-get install {' '.join(missing)}"
    var = VarDir(settings.VAR_DIR)
    values = write_local_env(var, edge=True)
    edge = local_edge(var, values)
    for server in SERVERS:
        prepare(edge, server)
    call_command("collectstatic", interactive=False, verbosity=0)
    url = values["PUBLIC_BASE_URL"]
    with _running(var, [*shop(var, port=None), *rooms(edge)], {**os.environ, **values}, url):
        yield url


@contextmanager
def _running(
    var: VarDir, programs: Iterable[Program], environ: Mapping[str, str], url: str
) -> Iterator[None]:
    processes = [_start(var, program, environ) for program in programs]
    try:
        _wait_for(f"{url}/healthz")
        yield
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(60)


def _start(var: VarDir, program: Program, environ: Mapping[str, str]) -> subprocess.Popen[bytes]:
    with (var.log / f"{program.name}.log").open("w") as log:
        return subprocess.Popen(
            command_line(program.name, program.command),
            env={**environment(var, program.name), **environ},
            cwd=settings.BASE_DIR,
            stdout=log,
            stderr=log,
        )


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if httpx.get(url).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise TimeoutError(f"{url} does not answer")
