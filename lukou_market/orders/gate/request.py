"""Which requests the gate answers itself: plain, well-formed orders and nothing else.

Everything else is for the web server to judge, so that each rule and each sentence about a
malformed request exists once.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeGuard

import orjson
from django.conf import settings
from django.http.request import split_domain_port, validate_host

from lukou_market.orders.gate.forward import Scope
from lukou_market.orders.gate.token import buyer_of
from lukou_market.orders.place_order import OrderRequest
from lukou_market.orders.serializers import LARGEST_BIGINT, LONGEST_KEY, MOST_UNITS

PATH = "/api/v1/orders/"
_LONGEST_BODY = 1024
_JSON = {b"application/json", b"application/json; charset=utf-8", b"application/json;charset=utf-8"}
_ACCEPTED = {b"*/*", b"application/json", b"application/json, text/plain, */*"}


def plain_headers(scope: Scope) -> Mapping[bytes, bytes] | None:
    """The headers of a POST that may be a plain order, or None."""
    if scope["path"] != PATH or scope["method"] != "POST" or scope["query_string"]:
        return None
    headers = dict(scope["headers"])
    plain = (
        len(headers) == len(scope["headers"])
        and headers.get(b"content-type") in _JSON
        and headers.get(b"accept", b"*/*") in _ACCEPTED
        and _shorter(headers.get(b"content-length", b""), _LONGEST_BODY)
        and b"django_language" not in headers.get(b"cookie", b"")
        and _served(headers.get(b"host", b""))
    )
    return headers if plain else None


def order_request(headers: Mapping[bytes, bytes], body: bytes) -> OrderRequest | None:
    """The order asked for; None when token, key or body leave any question open."""
    key = headers.get(b"idempotency-key", b"")
    if not 0 < len(key) <= LONGEST_KEY or not key.isascii() or b"\0" in key:
        return None
    try:
        buyer_id = buyer_of(headers.get(b"authorization", b""))
        asked = orjson.loads(body)
    except ValueError:
        return None
    if buyer_id is None or not isinstance(asked, dict):
        return None
    offer_id, quantity = asked.get("offer"), asked.get("quantity")
    total_fen = asked.get("shown_total_fen")
    if (
        _within(offer_id, LARGEST_BIGINT)
        and _within(quantity, MOST_UNITS)
        and _within(total_fen, LARGEST_BIGINT)
    ):
        return OrderRequest(buyer_id, key.decode(), offer_id, quantity, total_fen)
    return None


def _within(number: Any, largest: int) -> TypeGuard[int]:
    return type(number) is int and 1 <= number <= largest  # True is no number here


def _shorter(length: bytes, limit: int) -> bool:
    return length.isdigit() and len(length) < 9 and int(length) <= limit


@lru_cache(maxsize=256)
def _served(host: bytes) -> bool:
    domain, _port = split_domain_port(host.decode("latin-1"))
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
