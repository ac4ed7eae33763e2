"""Another platform's RTMP address, and which part of it is secret."""

import re
from typing import NamedTuple

from lukou_market.streams.errors import SimulcastAddressWrong

_LONGEST = 400
_PARTS = re.compile(
    r"(?P<server>rtmps?://[A-Za-z0-9.-]+(?::\d{1,5})?)/(?P<app>[^/\s?#]+)/(?P<key>[!-~]+)"
)
_PORTS = {"rtmp": 1935, "rtmps": 443}


class Address(NamedTuple):
    """`server` may be shown; `app` and `key` (what comes behind it) may not."""

    server: str
    app: str
    key: str

    @property
    def encrypted(self) -> bool:
        return self.server.startswith("rtmps:")

    @property
    def name(self) -> str:
        """The server's name, or its number."""
        return self.server.partition("://")[2].partition(":")[0]

    @property
    def port(self) -> int:
        scheme, _, rest = self.server.partition("://")
        return int(rest.partition(":")[2] or _PORTS[scheme])


def parse_address(text: str) -> Address:
    """The parts of "rtmp://server/app/key". Raises SimulcastAddressWrong."""
    found = _PARTS.fullmatch(text)
    if found is None or len(text) > _LONGEST or not text.isascii():
        raise SimulcastAddressWrong
    return Address(found["server"], found["app"], found["key"])
