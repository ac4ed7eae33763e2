"""Run one of the edge's two servers in place of this process, for whoever has no deploy/demo.

    python -m lukou_market.embedded.run_edge edge --port 80 --web 127.0.0.1:8001 …
    python -m lukou_market.embedded.run_edge ingest …

Both are given the same options. EDGE_SECRET is read from the environment.
"""

import argparse
import os
import sys
from pathlib import Path

from lukou_market.embedded.edge import (
    SERVERS,
    Edge,
    command,
    missing_directory,
    missing_packages,
    prepare,
)
from lukou_market.embedded.var_dir import default_var_dir


def main() -> None:
    """Write the configuration below LUKOU_VAR and start the server; exits 1 if it can't be."""
    options = _options()
    if missing := missing_packages():
        sys.exit(f"The edge needs {', '.join(missing)}.")
    if directory := missing_directory():
        sys.exit(f"nginx needs {directory} to start: as root, mkdir {directory}")
    if not os.environ.get("EDGE_SECRET"):
        sys.exit("EDGE_SECRET is not set: the web server has to have the same.")
    edge = _edge(options)
    edge.var.create()
    prepare(edge, options.server)
    arguments = command(edge, options.server)
    os.execvp(arguments[0], arguments)  # noqa: S606


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("server", choices=SERVERS)
    parser.add_argument("--host", default="0.0.0.0", help="address to listen on")  # noqa: S104
    parser.add_argument("--port", type=int, default=80, help="of pages, orders, events, pictures")
    parser.add_argument("--rtmp-port", type=int, default=1935, help="of hosts' pictures")
    parser.add_argument("--internal-port", type=int, default=8002, help="EDGE_URL's, loopback only")
    parser.add_argument("--host-name", required=True, help="one of ALLOWED_HOSTS")
    for name in ("web", "gate", "camera"):
        parser.add_argument(f"--{name}", required=True, help="Unix socket or host:port")
    parser.add_argument("--certificate", type=Path, help="for HTTPS, with --key")
    parser.add_argument("--key", type=Path)
    options = parser.parse_args()
    if (options.certificate is None) != (options.key is None):
        parser.error("--certificate and --key belong together")
    return options


def _edge(options: argparse.Namespace) -> Edge:
    var = default_var_dir()
    return Edge(
        var=var,
        port=options.port,
        rtmp_port=options.rtmp_port,
        internal_port=options.internal_port,
        secret=os.environ["EDGE_SECRET"],
        web=options.web,
        gate=options.gate,
        camera=options.camera,
        static=var.path / "static",
        media=var.path / "media",
        host=options.host,
        host_name=options.host_name,
        certificate=options.certificate,
        key=options.key,
    )


if __name__ == "__main__":
    main()
