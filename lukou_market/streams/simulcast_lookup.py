"""Where another platform's name leads: asked once, and nobody else waits for the answer."""

import ipaddress
import socket
from threading import Thread
from typing import NamedTuple

_TRANSLATED = [ipaddress.ip_network(prefix) for prefix in ("64:ff9b::/96", "2002::/16")]


class Endpoint(NamedTuple):
    """What is connected to, so that nobody looks the name up again."""

    host: str
    port: int


class Lookup:
    """Asks the name service in a thread, because it may keep us waiting and can't be called off.

    `endpoint` is None while it has not answered, and stays None for a name that is not known or
    leads into our own network: a host may not reach into it.
    """

    def __init__(self, name: str, port: int) -> None:
        self.endpoint: Endpoint | None = None
        self._thread = Thread(target=self._ask, args=(name, port), daemon=True)
        self._thread.start()

    @property
    def over(self) -> bool:
        """Whether it has been answered."""
        return not self._thread.is_alive()

    def _ask(self, name: str, port: int) -> None:
        try:
            found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
        except (OSError, ValueError, OverflowError):
            return
        hosts = [str(at[4][0]) for at in found]
        if all(map(_is_public, hosts)):
            self.endpoint = Endpoint(hosts[0], port)


def _is_public(host: str) -> bool:
    address = ipaddress.ip_address(host)
    # These stand for an IPv4 address, which may be one of ours.
    translated = any(address in network for network in _TRANSLATED)
    return address.is_global and not address.is_multicast and not translated
