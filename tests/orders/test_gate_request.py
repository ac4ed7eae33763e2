"""A plain order is recognised in the bytes, and only where the HTTP parser reads the same."""

import json
from typing import Any

import httptools
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lukou_market.accounts.models import User
from lukou_market.accounts.tokens import issue_tokens
from lukou_market.orders.gate.request import Incomplete, PlainOrder, plain_order
from lukou_market.orders.place_order import OrderRequest

BODY = b'{"offer":7,"quantity":2,"shown_total_fen":7980}'
FIRST = b"POST /api/v1/orders/ HTTP/1.1\r\n"
TOKEN = issue_tokens(User(pk=12))["access"].encode()
PLAIN = [
    b"Host: 127.0.0.1",
    b"Content-Type: application/json",
    b"Authorization: Bearer " + TOKEN,
    b"Idempotency-Key: tap-1",
    b"Content-Length: %d" % len(BODY),
]
ODD = [
    b"Transfer-Encoding: chunked", b"Content-Length: 3", b"Expect: 100-continue", b" folded",
    b"Connection: close", b"Connection: Keep-Alive", b"X: \r", b"X: a\nb", b"X : 1", b"X: \0",
    b"Idempotency-Key: other", b"Authorization: Bearer x", b"Accept: text/html", b"Accept: */*",
    b"Upgrade: h2c", b"Host: evil.example", b"", b"no colon", b": empty", b"Content-Length: +3",
    b"Idempotency-Key: a\rb", b"\tfolded", b"cookie: django_language=en", b"X-Forwarded-For: ::1",
    b"Accept-Language: en", b"Content-Length : 3", b"Host:", b"content-length: 0", b"X: \x7f",
]  # fmt: skip


class Parsed:
    """What the HTTP parser makes of the same bytes."""

    def __init__(self, data: bytes) -> None:
        self.url, self.body, self.complete = b"", b"", 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.parser = httptools.HttpRequestParser(self)
        self.parser.feed_data(data)

    def on_url(self, url: bytes) -> None:
        self.url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name.lower(), value.rstrip(b" ")))

    def on_body(self, body: bytes) -> None:
        self.body += body

    def on_message_complete(self) -> None:
        self.complete += 1


def whole(lines: list[bytes], body: bytes = BODY) -> bytes:
    return FIRST + b"\r\n".join([*lines, b"", body])


def read(data: bytes) -> PlainOrder | None:
    try:
        return plain_order(data)
    except Incomplete:
        return None


@given(
    st.lists(st.sampled_from(ODD), max_size=2).flatmap(lambda odd: st.permutations(PLAIN + odd)),
    st.sampled_from([BODY, BODY + b" ", BODY[:-1], b"", BODY + FIRST]),
)
@example(PLAIN, BODY)
@example([b"Accept-Language: en", *PLAIN], BODY)
@settings(max_examples=500)
def test_what_is_read_as_an_order_the_http_parser_reads_alike(
    lines: list[bytes], body: bytes
) -> None:
    data = whole(lines, body)
    order = read(data)
    if order is None:
        return
    parsed = Parsed(data)
    headers = dict(parsed.headers)
    assert (parsed.complete, parsed.url, parsed.body) == (1, b"/api/v1/orders/", BODY)
    assert len(headers) == len(parsed.headers)
    assert parsed.parser.should_keep_alive()
    assert headers[b"authorization"] == b"Bearer " + TOKEN
    assert order.request == OrderRequest(12, headers[b"idempotency-key"].decode(), 7, 2, 7980)
    assert order.language == headers.get(b"accept-language", b"")


@pytest.mark.parametrize("odd", ODD)
def test_a_head_that_leaves_a_question_open_is_no_plain_order(odd: bytes) -> None:
    harmless = {b"Connection: Keep-Alive", b"Accept: */*", b"Accept-Language: en"}
    recognised = read(whole([*PLAIN, odd])) is not None
    assert recognised == (odd in harmless or odd == b"X-Forwarded-For: ::1")


def test_what_a_browser_sends_is_a_plain_order() -> None:
    sent = [
        b"Host: 127.0.0.1:8000", b"Connection: keep-alive", b"Content-Length: %d" % len(BODY),
        b'sec-ch-ua-platform: "Android"', b"Authorization: Bearer " + TOKEN,
        b"User-Agent: Mozilla/5.0 (Linux; Android 10; K)", b'sec-ch-ua: "Chromium";v="156"',
        b"content-type: application/json", b"idempotency-key: 9e107d9d-372b", b"Accept: */*",
        b"Origin: http://127.0.0.1:8000", b"Accept-Encoding: gzip, deflate, br, zstd",
        b"Accept-Language: zh-CN,zh;q=0.9", b"Cookie: csrftoken=x; sessionid=y",
    ]  # fmt: skip
    order = plain_order(whole(sent))
    assert order is not None
    assert order.request == OrderRequest(12, "9e107d9d-372b", 7, 2, 7980)
    assert order.language == b"zh-CN,zh;q=0.9"


@pytest.mark.parametrize("length", [len(FIRST), len(FIRST) + 40, -len(BODY), -1])
def test_the_beginning_of_an_order_waits_for_its_end(length: int) -> None:
    with pytest.raises(Incomplete):
        plain_order(whole(PLAIN)[:length])


def test_a_head_without_end_waits_no_longer_than_it_may() -> None:
    assert plain_order(FIRST + b"X: " + b"x" * 9000) is None


@pytest.mark.parametrize(
    "change",
    [{"offer": True}, {"quantity": 0}, {"quantity": 10_000}, {"shown_total_fen": 1e3},
     {"offer": 2**63}, {"offer": "7"}, {"quantity": None}],
)  # fmt: skip
def test_a_body_with_another_kind_of_number_is_no_plain_order(change: dict[str, Any]) -> None:
    body = json.dumps({"offer": 7, "quantity": 2, "shown_total_fen": 7980} | change).encode()
    lines = [*PLAIN[:-1], b"Content-Length: %d" % len(body)]
    assert read(whole(lines, body)) is None
