"""The programs of the shop on one machine, in the order they start."""

import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

from lukou_market.embedded.edge import Edge, command
from lukou_market.embedded.local_env import port_of
from lukou_market.embedded.supervisor import Program
from lukou_market.embedded.var_dir import VarDir

_FEE_BP, _DISPUTE_FEE_FEN = 290, 1_500

MANAGE = Path(__file__).resolve().parents[2] / "manage.py"


def needs_stand_in(environ: Mapping[str, str]) -> bool:
    """Whether Stripe has to be stood in for: no key and no address of one's own is set."""
    return not {"STRIPE_API_KEY", "STRIPE_API_BASE"} & set(environ)


def stand_in(var: VarDir, values: Mapping[str, str]) -> Program:
    """The local stand-in for Stripe. `values` are those of local.env."""
    options = {
        "--port": str(port_of(values["STRIPE_API_BASE"])),
        "--state": str(var.path / "stripe"),
        "--webhook-url": f"{values['PUBLIC_BASE_URL']}/api/v1/webhooks/stripe/",
        "--webhook-secret": values["STRIPE_WEBHOOK_SECRET"],
        "--api-key": values["STRIPE_API_KEY"],
        "--fee-bp": str(_FEE_BP),
        "--dispute-fee": str(_DISPUTE_FEE_FEN),
    }
    arguments = [part for option in options.items() for part in option]
    return Program("stripe", _module("lukou_market.demo.stripe_standin", *arguments), 30)


def needs_carrier(environ: Mapping[str, str]) -> bool:
    """Whether a carrier has to be stood in for: no address of one's own is set."""
    return "CARRIER_API_BASE" not in environ


def carrier(var: VarDir, values: Mapping[str, str], *, step_s: int) -> Program:
    """The local stand-in for carriers, whose parcels take a step every `step_s` seconds."""
    options = {
        "--port": str(port_of(values["CARRIER_API_BASE"])),
        "--api-key": values["CARRIER_API_KEY"],
        "--state": str(var.path / "carrier" / "journal"),
        "--step-seconds": str(step_s),
    }
    arguments = [part for option in options.items() for part in option]
    return Program("carrier", _module("lukou_market.demo.carrier_standin", *arguments), 35)


def shop(var: VarDir, *, port: int | None) -> list[Program]:
    """web, gate, worker and beat; they wait to be started until the tables are there.

    The gate has the public port: orders are its own, the rest it hands on to web. Without a `port`
    an edge has the public one, and the gate a Unix socket.
    """
    celery = _module("celery", "-A", "lukou_market")
    worker = [*celery, "worker", "-P", "threads", "-c", "4", "--loglevel", "INFO"]
    worker += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    schedule = str(var.path / "beat-schedule")
    beat = [*celery, "beat", "--loglevel", "WARNING", "--schedule", schedule, "--pidfile="]
    socket = str(var.run / "web.sock")
    place = ["--port", str(port)] if port else ["--uds", str(var.run / "gate.sock")]
    gate = _module("lukou_market.orders.gate", *place, "--web", socket)
    return [
        Program("web", _web(socket), 40, autostart=False),
        Program("gate", gate, 45, autostart=False),
        Program("worker", worker, 50, autostart=False, stop_seconds=30),
        Program("beat", beat, 60, autostart=False),
    ]


def local_edge(var: VarDir, values: Mapping[str, str]) -> Edge:
    """The edge before the programs of `shop`. `values` are those of local.env."""
    return Edge(
        var=var,
        port=port_of(values["PUBLIC_BASE_URL"]),
        rtmp_port=port_of(values["INGEST_URL"]),
        internal_port=port_of(values["EDGE_URL"]),
        secret=values["EDGE_SECRET"],
        web=str(var.run / "web.sock"),
        gate=str(var.run / "gate.sock"),
        camera=str(var.run / "camera.sock"),
        static=var.path / "static",
        media=var.path / "media",
    )


def rooms(edge: Edge) -> list[Program]:
    """What a live room needs beyond `shop`: the edge's two servers, the feed, the camera
    and what sends pictures on to other platforms."""
    camera = _module("lukou_market.studio.camera", "--uds", edge.camera)
    return [
        Program("camera", camera, 47, autostart=False),
        Program("edge", command(edge, "edge"), 48, autostart=False),
        Program("feed", [sys.executable, str(MANAGE), "feed_rooms"], 55, autostart=False),
        Program("ingest", command(edge, "ingest"), 70, autostart=False),
        Program("simulcast", [sys.executable, str(MANAGE), "simulcast"], 75, autostart=False),
    ]


def _web(socket: str) -> list[str]:
    # Who may reach the socket's directory may use it: the edge, as nobody where we are root.
    web = _module("granian", "--interface", "wsgi", "--uds", socket, "--uds-permissions", "0666")
    web += ["--workers", "2", "--blocking-threads", "8", "--respawn-failed-workers"]
    web += ["--workers-kill-timeout", "5", "--no-ws", "lukou_market.wsgi:application"]
    # granian does not start over the socket that a killed one left. One proxy names the client.
    start = f"rm -f {shlex.quote(socket)}; exec {shlex.join(web)}"
    return ["env", "PROXIES=1", "sh", "-c", start]


def _module(name: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", name, *arguments]
