"""Another platform's RTMP address, and which part of it is secret."""

import ipaddress
import re
import socket
from typing import NamedTuple

from lukou_market.streams.errors import SimulcastAddressWrong

_LONGEST = 400
_PARTS = re.compile(
    r"(?P<server>rtmps?://[A-Za-z0-9.-]+(?::\d{1,5})?)/(?P<app>[^/\s?#]+)/(?P<key>[!-~]+)"
)


class Address(NamedTuple):
    """`server` may be shown; `app` and `key` (what comes behind it) may not."""

    server: str
    app: str
    key: str


def parse_address(text: str) -> Address:
    """The parts of "rtmp://server/app/key". Raises SimulcastAddressWrong."""
    found = _PARTS.fullmatch(text)
    if found is None or len(text) > _LONGEST or not text.isascii():
        raise SimulcastAddressWrong
    return Address(found["server"], found["app"], found["key"])


def is_public(server: str) -> bool:
    """Whether a server's name leads out of our own network: a host may not reach into it.

    Asks the name service. A name that is not known leads nowhere.
    """
    host, _, port = server.partition("://")[2].partition(":")
    try:
        found = socket.getaddrinfo(host, int(port or 1935), type=socket.SOCK_STREAM)
    except (OSError, ValueError, OverflowError):
        return False
    return all(ipaddress.ip_address(at[4][0]).is_global for at in found)
