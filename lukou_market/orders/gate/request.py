"""Which requests the gate answers itself: plain, well-formed orders and nothing else.

Everything else is for the web server to judge, so that each rule and each sentence about a
malformed request exists once. What is read here is read strictly: a head that could be
understood in two ways is no plain order. A test holds this to the HTTP parser.
"""

import re
from functools import lru_cache
from typing import Any, NamedTuple, TypeGuard

import orjson
from django.conf import settings
from django.http.request import split_domain_port, validate_host

from lukou_market.orders.gate.token import buyer_of
from lukou_market.orders.place_order import OrderRequest
from lukou_market.orders.serializers import LARGEST_BIGINT, LONGEST_KEY, MOST_UNITS

_FIRST_LINE = b"POST /api/v1/orders/ HTTP/1.1\r\n"
_LONGEST_HEAD, _LONGEST_BODY = 8192, 1024
_AUTHORIZATION, _KEY = b"authorization:", b"idempotency-key:"
_LINE = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+): *([\x21-\x7e\x80-\xff]?[\x20-\x7e\x80-\xff]*)")
_JSON = {b"application/json", b"application/json; charset=utf-8", b"application/json;charset=utf-8"}
_ACCEPTED = {b"*/*", b"application/json", b"application/json, text/plain, */*"}
_NOT_PLAIN = {
    b"authorization", b"idempotency-key", b"transfer-encoding", b"expect", b"upgrade",
}  # fmt: skip  # the first two only where they stand twice


class PlainOrder(NamedTuple):
    """What is asked, and the Accept-Language to answer in."""

    request: OrderRequest
    language: bytes


class Incomplete(Exception):
    """A plain order so far; the rest has still to come."""


class _Terms(NamedTuple):
    body_length: int
    language: bytes


def plain_order(data: bytes) -> PlainOrder | None:
    """The order of which `data` is the whole request, None for any other. Raises Incomplete."""
    if not data.startswith(_FIRST_LINE):
        return None
    head, end, body = data[len(_FIRST_LINE) :].partition(b"\r\n\r\n")
    if not end:
        if len(head) < _LONGEST_HEAD:
            raise Incomplete
        return None
    token, key, others = _sorted_out(head)
    terms = _terms(others)
    if terms is None:
        return None
    if len(body) < terms.body_length:
        raise Incomplete
    asked = _asked(body) if len(body) == terms.body_length else None
    if asked is None or not 0 < len(key) <= LONGEST_KEY or not key.isascii():
        return None
    name, buyer_id = key.decode(), buyer_of(token)
    if buyer_id is None or not name.isprintable():
        return None
    return PlainOrder(OrderRequest(buyer_id, name, *asked), terms.language)


def _sorted_out(head: bytes) -> tuple[bytes, bytes, bytes]:
    """Token and key, which every tap has its own, empty if missing; and the other lines."""
    token = key = b""
    others = []
    for line in head.split(b"\r\n"):
        name = line[:16].lower()
        if name == _KEY and not key:
            key = line[len(_KEY) :].strip(b" ")
        elif name.startswith(_AUTHORIZATION) and not token:
            token = line[len(_AUTHORIZATION) :].strip(b" ")
        else:
            others.append(line)
    return token, key, b"\r\n".join(others)


@lru_cache(maxsize=4096)
def _terms(lines: bytes) -> _Terms | None:
    """What the lines say that are the same in every tap of a phone; None if not plain."""
    found = [_LINE.fullmatch(line) for line in lines.split(b"\r\n")]
    headers = {line[1].lower(): line[2].rstrip(b" ") for line in found if line}
    length = headers.get(b"content-length", b"")
    plain = (
        len(headers) == len(found)
        and headers.keys().isdisjoint(_NOT_PLAIN)
        and headers.get(b"content-type") in _JSON
        and headers.get(b"accept", b"*/*") in _ACCEPTED
        and headers.get(b"connection", b"keep-alive").lower() == b"keep-alive"
        and b"django_language" not in headers.get(b"cookie", b"")
        and _served(headers.get(b"host", b""))
        and length.isdigit()
        and len(length) < 5
        and int(length) <= _LONGEST_BODY
    )
    return _Terms(int(length), headers.get(b"accept-language", b"")) if plain else None


@lru_cache(maxsize=4096)
def _asked(body: bytes) -> tuple[int, int, int] | None:
    """Offer, quantity and shown total; None when the body leaves any question open."""
    try:
        asked = orjson.loads(body)
    except ValueError:
        return None
    if not isinstance(asked, dict):
        return None
    offer_id, quantity = asked.get("offer"), asked.get("quantity")
    total_fen = asked.get("shown_total_fen")
    if (
        _within(offer_id, LARGEST_BIGINT)
        and _within(quantity, MOST_UNITS)
        and _within(total_fen, LARGEST_BIGINT)
    ):
        return offer_id, quantity, total_fen
    return None


def _within(number: Any, largest: int) -> TypeGuard[int]:
    return type(number) is int and 1 <= number <= largest  # True is no number here


def _served(host: bytes) -> bool:
    domain, _port = split_domain_port(host.decode("latin-1"))
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
