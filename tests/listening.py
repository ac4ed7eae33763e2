"""Ports of this machine."""

import socket


def free_port() -> int:
    """A port of the loopback that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def listens(port: int) -> bool:
    """Whether somebody takes connections. Raises OSError if not."""
    socket.create_connection(("127.0.0.1", port), 1).close()
    return True
