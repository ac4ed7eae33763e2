"""The one module that calls carriers, by way of `settings.CARRIER_API_BASE`.

What is asked there is described in docs/carrier-interface.md: an adapter of EMS or of a
collecting service answers it; `python -m lukou_market.demo.carrier_standin` does on a laptop.
Nothing here may be called inside a transaction.
"""

from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from urllib.parse import quote
from urllib.request import Request, urlopen

import orjson
from django.conf import settings
from django.utils.dateparse import parse_datetime

_PATIENCE_S = 10.0
_MOST_BYTES = 256 * 1024


class CarrierAway(Exception):
    """The carrier does not answer, or not in a way we understand: ask again later."""


@dataclass(frozen=True, slots=True)
class Scan:
    """One thing the carrier says of a parcel; `code` is as in docs/carrier-interface.md."""

    code: str
    at: datetime
    place: str
    text: str


def scans_of(carrier: str, tracking_number: str) -> list[Scan]:
    """What the carrier has said of a parcel until now. Raises CarrierAway."""
    path = f"/v1/parcels/{quote(carrier, safe='')}/{quote(tracking_number, safe='')}/events"
    request = Request(  # noqa: S310  # the address is a setting, http or https
        settings.CARRIER_API_BASE + path,
        headers={"Authorization": f"Bearer {settings.CARRIER_API_KEY}"},
    )
    try:
        with urlopen(request, timeout=_PATIENCE_S) as answer:  # noqa: S310
            return [_scan(event) for event in orjson.loads(answer.read(_MOST_BYTES))["events"]]
    except (OSError, HTTPException, ValueError, LookupError, TypeError) as error:
        raise CarrierAway from error


def _scan(event: dict[str, str]) -> Scan:
    at = parse_datetime(event["at"])
    if at is None or at.tzinfo is None:
        raise ValueError("a scan needs a time with its zone")
    return Scan(str(event["code"])[:20], at, str(event["place"])[:60], str(event["text"])[:200])
