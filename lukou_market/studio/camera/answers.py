"""Answers in the shape of the API: JSON, and problem+json for refusals, in the asker's language."""

from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from django.http import HttpRequest
from django.utils import translation

from lukou_market.kernel.errors import DomainError
from lukou_market.kernel.problems import CONTENT_TYPE, problem

Send = Callable[[dict[str, Any]], Awaitable[None]]


async def answer(send: Send, body: dict[str, int]) -> None:
    """200."""
    await _send(send, 200, "application/json", body)


async def refusal(send: Send, error: DomainError, accept_language: str) -> None:
    """What the rule says, with its code."""
    request = HttpRequest()
    request.META["HTTP_ACCEPT_LANGUAGE"] = accept_language
    with translation.override(translation.get_language_from_request(request)):
        body = problem(
            status=error.status, code=error.code, sentence=str(error.sentence), **error.detail
        )
    await _send(send, error.status, CONTENT_TYPE, body)


async def _send(send: Send, status: int, content_type: str, body: dict[str, Any]) -> None:
    content = orjson.dumps(body)
    headers = [
        (b"content-type", content_type.encode()),
        (b"content-length", str(len(content)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
