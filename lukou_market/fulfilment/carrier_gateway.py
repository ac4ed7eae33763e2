"""The one module that calls carriers, by way of `settings.CARRIER_API_BASE`.

What is asked there is described in docs/carrier-interface.md: an adapter of EMS or of a
collecting service answers it; `python -m lukou_market.demo.carrier_standin` does on a laptop.
Nothing here may be called inside a transaction.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from typing import Any, TypeVar
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import orjson
from django.conf import settings
from django.utils.dateparse import parse_datetime

from lukou_market.fulfilment.errors import BookingRefused, CarrierNotAnswering
from lukou_market.orders.address import Address

T = TypeVar("T")

_PATIENCE_S = 10.0
_MOST_BYTES = 256 * 1024
_REFUSED = 422
_A_NUMBER = re.compile(r"[0-9A-Za-z-]{4,40}")


@dataclass(frozen=True, slots=True)
class Scan:
    """One thing the carrier says of a parcel; `code` is as in docs/carrier-interface.md."""

    code: str
    at: datetime
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Booking:
    """A parcel to be brought; `reference` is ours, and the same at every attempt."""

    carrier: str
    reference: str
    to: Address
    village_code: str
    village: str
    weight_g: int
    boxes: int

    @property
    def body(self) -> bytes:
        """What the carrier is told, as JSON."""
        to = {"name": self.to.recipient, "phone": self.to.phone, "address": self.to.text}
        sender = {"village_code": self.village_code, "village": self.village}
        facts = {"weight_g": self.weight_g, "boxes": self.boxes}
        return orjson.dumps({"to": to, "from": sender, **facts})


def scans_of(carrier: str, tracking_number: str) -> list[Scan]:
    """What the carrier has said of a parcel until now. Raises CarrierNotAnswering."""
    path = f"/v1/parcels/{_quoted(carrier)}/{_quoted(tracking_number)}/events"
    return _ask("GET", path, None, lambda answer: [_scan(event) for event in answer["events"]])


def book(booking: Booking) -> str:
    """The parcel's number; the same one for the same reference.

    Raises CarrierNotAnswering, after which the parcel may be booked or not, and BookingRefused.
    """
    path = f"/v1/bookings/{_quoted(booking.carrier)}/{_quoted(booking.reference)}"
    try:
        return _ask("PUT", path, booking.body, _number)
    except CarrierNotAnswering as error:
        refusal = error.__cause__
        if isinstance(refusal, HTTPError) and refusal.code == _REFUSED:
            raise BookingRefused(why=_why(refusal)) from refusal
        raise


def _ask(method: str, path: str, body: bytes | None, read: Callable[[Any], T]) -> T:
    request = Request(  # noqa: S310  # the address is a setting, http or https
        settings.CARRIER_API_BASE + path,
        method=method,
        data=body,
        headers={
            "Authorization": f"Bearer {settings.CARRIER_API_KEY}",
            "Content-Type": "application/json",
        },
    )
    try:
        with urlopen(request, timeout=_PATIENCE_S) as answer:  # noqa: S310
            return read(orjson.loads(answer.read(_MOST_BYTES)))
    except (OSError, HTTPException, ValueError, LookupError, TypeError) as error:
        raise CarrierNotAnswering from error


def _scan(event: dict[str, str]) -> Scan:
    at = parse_datetime(event["at"])
    if at is None or at.tzinfo is None:
        raise ValueError("a scan needs a time with its zone")
    return Scan(str(event["code"])[:20], at, str(event["place"])[:60], str(event["text"])[:200])


def _number(answer: dict[str, str]) -> str:
    number = answer["tracking_number"]
    if not _A_NUMBER.fullmatch(number):
        raise ValueError("this is no number to print on a parcel")
    return number


def _why(refusal: HTTPError) -> str:
    """The carrier's words; nothing when it has none."""
    with suppress(OSError, HTTPException, ValueError, LookupError, TypeError):
        return str(orjson.loads(refusal.read(_MOST_BYTES))["text"])[:200]
    return ""


def _quoted(part: str) -> str:
    return quote(part, safe="")
