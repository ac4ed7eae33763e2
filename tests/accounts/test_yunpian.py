"""The SMS provider's HTTP interface, held against a local stand-in that answers as documented."""

import json
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs

import pytest

from lukou_market.accounts.errors import MessageNotSent
from lukou_market.accounts.sms_gateway import send_sms
from tests.accounts.codes import PHONE

SENT = {"code": 0, "msg": "发送成功", "count": 1, "fee": 0.05, "unit": "RMB", "sid": 3310228982}
REFUSED = {"http_status_code": 400, "code": 22, "msg": f"{PHONE} 发送次数不能超过3次", "detail": ""}


class Yunpian(BaseHTTPRequestHandler):
    """Answers `answer` with `status`, and remembers what it was asked."""

    status: ClassVar[int]
    answer: ClassVar[bytes]
    asked: ClassVar[list[tuple[str, dict[str, list[str]], str]]]

    def do_POST(self) -> None:
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.asked.append((self.path, parse_qs(form), self.headers["Content-Type"]))
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(self.answer)

    def log_message(self, *_args: Any) -> None:
        pass


@pytest.fixture
def yunpian(settings: Any) -> Iterator[type[Yunpian]]:
    Yunpian.status, Yunpian.answer, Yunpian.asked = 200, json.dumps(SENT).encode(), []
    server = HTTPServer(("127.0.0.1", 0), Yunpian)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    settings.SMS_GATEWAY = "lukou_market.accounts.yunpian.send"
    settings.YUNPIAN_API_BASE = f"http://127.0.0.1:{server.server_port}"
    settings.YUNPIAN_API_KEY, settings.SMS_SIGNATURE = "key", "绿口市集"
    yield Yunpian
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_text_goes_out_signed_to_its_phone(yunpian: type[Yunpian]) -> None:
    send_sms(PHONE, "您的验证码是 123456")
    [(path, form, kind)] = yunpian.asked
    assert path == "/v2/sms/single_send.json"
    assert kind.startswith("application/x-www-form-urlencoded")
    assert form == {
        "apikey": ["key"], "mobile": [PHONE], "text": ["【绿口市集】您的验证码是 123456"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("status", "answer"),
    [(400, json.dumps(REFUSED)), (200, json.dumps(REFUSED)), (502, "<html>"), (200, "[]")],
)
def test_what_is_not_sent_is_said_and_the_log_keeps_the_phone_to_itself(
    yunpian: type[Yunpian], caplog: pytest.LogCaptureFixture, status: int, answer: str
) -> None:
    yunpian.status, yunpian.answer = status, answer.encode()
    with caplog.at_level(logging.INFO), pytest.raises(MessageNotSent):
        send_sms(PHONE, "您的验证码是 123456")
    assert PHONE not in caplog.text and "123456" not in caplog.text


def test_a_provider_that_is_away_is_said_to_be(settings: Any) -> None:
    settings.SMS_GATEWAY = "lukou_market.accounts.yunpian.send"
    settings.YUNPIAN_API_BASE = "http://127.0.0.1:9"
    with pytest.raises(MessageNotSent):
        send_sms(PHONE, "hello")
