import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from lukou_market.embedded import edge as edge_module
from lukou_market.embedded.edge import (
    SERVERS,
    Edge,
    command,
    missing_directory,
    missing_packages,
    prepare,
)
from lukou_market.embedded.leftovers import end_leftovers
from lukou_market.embedded.var_dir import VarDir
from tests.edge.running_edge import running_edge
from tests.embedded.waiting import eventually


@pytest.fixture
def edge(var: VarDir) -> Edge:
    var.create()
    return Edge(
        var=var,
        port=9,
        rtmp_port=9,
        internal_port=9,
        secret="its-own",
        web="/run/web.sock",
        gate="127.0.0.1:9",
        camera="/run/camera.sock",
        static=var.path / "static",
        media=var.path / "media",
    )


def home_alone(var: VarDir) -> list[int]:
    """The edge's processes."""
    inside = f"{var.path}/edge/"
    return [
        process.pid
        for process in psutil.process_iter(["cwd"])
        if (process.info["cwd"] or "").startswith(inside)
    ]


@pytest.mark.parametrize("server", SERVERS)
def test_a_configuration_holds_every_value_and_is_for_our_eyes_only(
    edge: Edge, server: str
) -> None:
    prepare(edge, server)
    config = edge.state / f"{server}.conf"
    assert config.stat().st_mode & 0o777 == 0o600
    assert "@{" not in config.read_text().partition("\nload_module")[2]
    assert command(edge, server)[-1] == str(config)


def test_sockets_and_ports_are_named_as_nginx_wants_them(edge: Edge) -> None:
    prepare(edge, "edge")
    config = (edge.state / "edge.conf").read_text()
    assert "server unix:/run/web.sock;" in config
    assert "server 127.0.0.1:9;" in config


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert missing_packages() == []
    monkeypatch.setenv("PATH", "/nowhere")
    assert missing_packages() == ["nginx", "ffmpeg"]


def test_what_only_root_can_make_is_made_by_root_and_named_to_others(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    needed = tmp_path / "nginx" / "body"
    monkeypatch.setattr(edge_module, "_MADE_BY_ROOT", needed)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert missing_directory() == needed
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert missing_directory() is None
    assert needed.is_dir()


def test_pictures_that_are_over_are_gone_when_the_ingest_starts_again(edge: Edge) -> None:
    prepare(edge, "ingest")
    old = edge.state / "hls" / "source" / "7.m3u8"
    recording = edge.media / "recordings" / "7-1.flv"
    for file in (old, recording):
        file.touch()
    prepare(edge, "edge")
    assert old.exists()
    prepare(edge, "ingest")
    assert (old.exists(), recording.exists()) == (False, True)


def test_what_a_killed_edge_leaves_behind_is_ended(tmp_path: Path) -> None:
    with running_edge(tmp_path) as running:
        var = running.edge.var
        before = home_alone(var)
        for pid in before:
            if psutil.Process(pid).cmdline()[0].startswith("nginx: master"):
                os.kill(pid, signal.SIGKILL)
        orphans = [pid for pid in before if psutil.pid_exists(pid)]
        assert orphans
        end_leftovers(var)
        eventually(lambda: not home_alone(var))


def test_it_never_runs_as_root(tmp_path: Path) -> None:
    with running_edge(tmp_path) as running:
        users = {psutil.Process(pid).uids().effective for pid in home_alone(running.edge.var)}
    assert users
    assert 0 not in users


def test_the_command_for_servers_says_what_it_needs(var: VarDir) -> None:
    options = ["--host-name", "localhost", "--web", "a:1", "--gate", "a:2", "--camera", "a:3"]
    command = [sys.executable, "-m", "lukou_market.embedded.run_edge", "edge", *options]
    environ = {name: value for name, value in os.environ.items() if name != "EDGE_SECRET"}
    done = subprocess.run(
        command, env=environ | {"LUKOU_VAR": str(var.path)}, capture_output=True, check=False
    )
    assert done.returncode == 1
    assert b"EDGE_SECRET" in done.stderr
    assert not (var.path / "edge").exists()
