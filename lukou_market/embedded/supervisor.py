"""Run programs under supervisord, as a child of this process."""

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from configparser import RawConfigParser
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from xmlrpc.client import ServerProxy

from supervisor.xmlrpc import SupervisorTransport

from lukou_market.embedded.launch import command_line, environment
from lukou_market.embedded.leftovers import MARK, mark
from lukou_market.embedded.var_dir import VarDir

_CHECKOUT = Path(__file__).resolve().parents[2]


class SupervisorError(Exception):
    """supervisord did not start."""


@dataclass(frozen=True)
class Program:
    """One supervised program. Low priorities start first and stop last."""

    name: str
    command: list[str]
    priority: int
    autostart: bool = True
    stop_signal: str = "TERM"
    stop_seconds: int = 15


@dataclass(frozen=True)
class Status:
    """What supervisord says of a program; `pid` is 0 when it does not run."""

    pid: int
    state: str


@contextmanager
def supervised(var: VarDir, programs: Sequence[Program]) -> Iterator[None]:
    """Run supervisord and its autostart programs; leaving the block stops all, last one first.

    Raises SupervisorError.
    """
    config = _write_config(var, programs)
    (var.run / "supervisor.sock").unlink(missing_ok=True)
    command = [sys.executable, "-m", "supervisor.supervisord", "-c", str(config)]
    with (var.log / "supervisord.err").open("w") as errors:
        process = subprocess.Popen(
            command_line("supervisor", command),
            cwd=_CHECKOUT,
            env=environment(var, "supervisor"),
            stdout=errors,
            stderr=errors,
            start_new_session=True,  # Ctrl-C is for us; we stop it when the block ends
        )
    try:
        _wait_for_socket(var, process)
        yield
    finally:
        process.terminate()
        process.wait()


def statuses(var: VarDir) -> dict[str, Status]:
    """Program → status. Raises OSError when no supervisord runs for `var`."""
    answer = cast(list[dict[str, Any]], _rpc(var).supervisor.getAllProcessInfo())
    return {info["name"]: Status(pid=info["pid"], state=info["statename"]) for info in answer}


def start(var: VarDir, *names: str) -> None:
    """Start programs that do not start by themselves, without waiting for them."""
    for name in names:
        _rpc(var).supervisor.startProcess(name, False)


def _rpc(var: VarDir) -> ServerProxy:
    transport = SupervisorTransport(None, None, f"unix://{var.run / 'supervisor.sock'}")
    return ServerProxy("http://127.0.0.1", transport=transport)


def _wait_for_socket(var: VarDir, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 15
    while not (var.run / "supervisor.sock").exists():
        if process.poll() is not None or time.monotonic() > deadline:
            raise SupervisorError(f"supervisord did not start: see {var.log}/supervisord.err")
        time.sleep(0.05)


def _write_config(var: VarDir, programs: Sequence[Program]) -> Path:
    config = RawConfigParser()
    config["supervisord"] = {
        "nodaemon": "true",
        "silent": "true",
        "logfile": f"{var.log}/supervisord.log",
        "pidfile": f"{var.run}/supervisord.pid",
        "directory": str(_CHECKOUT),
    }
    if os.geteuid() == 0:
        config["supervisord"]["user"] = "root"  # without it supervisord complains
    config["unix_http_server"] = {"file": f"{var.run}/supervisor.sock", "chmod": "0700"}
    config["rpcinterface:supervisor"] = {
        "supervisor.rpcinterface_factory": "supervisor.rpcinterface:make_main_rpcinterface"
    }
    for program in programs:
        config[f"program:{program.name}"] = _section(var, program)
    path = var.path / "supervisord.conf"
    path.touch(mode=0o600)  # commands carry the stand-in's keys
    with path.open("w") as file:
        config.write(file)
    return path


def _section(var: VarDir, program: Program) -> dict[str, str]:
    command = shlex.join(command_line(program.name, program.command))
    return {
        "command": command.replace("%", "%%"),
        "environment": f'{MARK}="{mark(var, program.name)}"'.replace("%", "%%"),
        "priority": str(program.priority),
        "autostart": str(program.autostart).lower(),
        "autorestart": "true",
        "startretries": "30",
        "stopsignal": program.stop_signal,
        "stopwaitsecs": str(program.stop_seconds),
        "killasgroup": "true",
        "redirect_stderr": "true",
        "stdout_logfile": f"{var.log}/{program.name}.log",
        "stdout_logfile_maxbytes": "10MB",
        "stdout_logfile_backups": "1",
    }
