"""The answers of the DRF view, byte for byte: its bodies, and the headers Django puts on them."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from http import HTTPStatus
from math import ceil

import orjson
from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from rest_framework.exceptions import APIException, Throttled
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from lukou_market.kernel.errors import DomainError
from lukou_market.kernel.problems import CONTENT_TYPE, exception_handler
from lukou_market.orders.errors import REFUSALS, Busy
from lukou_market.orders.place_order import PlacedOrder

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True)
class HttpAnswer:
    """Status, headers and body, ready to send."""

    status: int
    headers: Headers
    body: bytes

    @cached_property
    def wire(self) -> bytes:
        """The whole answer as HTTP/1.1 has it, for a connection that stays open."""
        return _head(self.status, self.headers) + b"\r\n" + self.body


def placed_answer(placed: PlacedOrder, accept_language: bytes) -> bytes:
    """201 with the order, as HTTP/1.1 has it; a replay says that it is one."""
    body = orjson.dumps(
        {
            "number": placed.number,
            "status": placed.status,
            "total_fen": placed.total_fen,
            "pay_by": placed.pay_by,
        }
    )
    head = _placed_head(_language(accept_language), placed.replayed)
    return b"%bcontent-length: %d\r\n\r\n%b" % (head, len(body), body)


@lru_cache(maxsize=8)
def _placed_head(language: str, replayed: bool) -> bytes:
    """All but the length: it is the same for each order."""
    replay = [(b"idempotent-replayed", b"true")] if replayed else []
    return _head(201, [(b"content-type", b"application/json"), *_common(language), *replay])


def _head(status: int, headers: Headers) -> bytes:
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}".encode()]
    lines += [name + b": " + value for name, value in headers]
    return b"\r\n".join([*lines, b""])


def health_answer() -> HttpAnswer:
    """This process answers. Whether PostgreSQL does, `/healthz` of the web server tells."""
    body = b'{"gate":"ok"}'
    length = str(len(body)).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", length)]
    return HttpAnswer(200, headers, body)


def refusal_answer(code: str, accept_language: bytes) -> HttpAnswer:
    """The problem of a refusal in the buyer's language."""
    return _refusal_in(code, _language(accept_language))


def busy_answer(accept_language: bytes) -> HttpAnswer:
    """503: the same key may be sent again."""
    answer = _problem(Busy(), _language(accept_language))
    answer.headers.append((b"retry-after", str(Busy.retry_after_s).encode()))
    return answer


def throttled_answer(wait_s: float, accept_language: bytes) -> HttpAnswer:
    """429 with the seconds to wait."""
    answer = _problem(Throttled(wait=wait_s), _language(accept_language))
    answer.headers.append((b"retry-after", str(ceil(wait_s)).encode()))
    return answer


@lru_cache(maxsize=64)
def _refusal_in(code: str, language: str) -> HttpAnswer:
    return _problem(REFUSALS[code](), language)


def _problem(error: DomainError | APIException, language: str) -> HttpAnswer:
    with translation.override(language):
        response = exception_handler(error, {})
        assert isinstance(response, Response)  # noqa: S101  # both kinds of error are known to it
        body = JSONRenderer().render(response.data)
    return HttpAnswer(response.status_code, _headers(CONTENT_TYPE, len(body), language), body)


@lru_cache(maxsize=512)
def _language(accept_language: bytes) -> str:
    request = HttpRequest()
    request.META["HTTP_ACCEPT_LANGUAGE"] = accept_language.decode("latin-1")
    return translation.get_language_from_request(request)


def _headers(content_type: str, length: int, language: str) -> Headers:
    return [
        (b"content-type", content_type.encode()),
        (b"content-length", str(length).encode()),
        *_common(language),
    ]


@lru_cache(maxsize=8)
def _common(language: str) -> tuple[tuple[bytes, bytes], ...]:
    """What the view and the middleware add to every answer; a contract test compares."""
    return (
        (b"allow", b"GET, POST, HEAD, OPTIONS"),
        (b"vary", b"Accept-Language"),
        (b"content-language", language.encode()),
        (b"x-frame-options", settings.X_FRAME_OPTIONS.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", settings.SECURE_REFERRER_POLICY.encode()),
        (b"cross-origin-opener-policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY.encode()),
    )
