"""Run the gate: python -m lukou_market.orders.gate --port 8000 --web /run/lukou/web.sock

Behind an edge it listens on a Unix socket: --uds /run/lukou/gate.sock
"""

import argparse
import os

import django
import uvicorn
from django.utils.module_loading import import_string


def main() -> None:
    """Serve until SIGTERM: then take no more, answer what has been taken, and end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument("--port", type=int)
    place.add_argument("--uds", help="Unix socket: the proxy in front names the client")
    parser.add_argument("--web", required=True, help="the web server: Unix socket or host:port")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lukou_market.settings")
    django.setup()
    gate = import_string("lukou_market.orders.gate.app.Gate")  # these need the settings
    protocol = import_string("lukou_market.orders.gate.protocol.GateProtocol")
    uvicorn.run(
        gate(options.web),
        host=options.host,
        port=options.port or 0,
        uds=options.uds,
        loop="uvloop",
        http=protocol,
        ws="none",
        lifespan="on",
        backlog=4096,
        access_log=False,
        log_config=None,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=10,
    )


if __name__ == "__main__":
    main()
