import logging
from typing import Any

import pytest

from lukou_market.accounts.sms_gateway import last_text, send_sms
from tests.accounts.codes import OTHER_PHONE, PHONE

sent: list[tuple[str, str]] = []


def provider(phone: str, text: str) -> None:
    sent.append((phone, text))


def test_the_console_prints_the_text_and_keeps_it_for_its_phone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    send_sms(PHONE, "hello")
    assert "hello" in capsys.readouterr().out
    assert last_text(PHONE) == "hello"
    assert last_text(OTHER_PHONE) is None


def test_the_log_shows_neither_the_phone_nor_the_text(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        send_sms(PHONE, "hello")
    assert "138****5678" in caplog.text
    assert PHONE not in caplog.text
    assert "hello" not in caplog.text


def test_a_provider_gets_the_text_and_nothing_is_kept(
    settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.SMS_GATEWAY = f"{__name__}.provider"
    send_sms(PHONE, "hello")
    assert sent == [(PHONE, "hello")]
    assert "hello" not in capsys.readouterr().out
    settings.SMS_GATEWAY = "console"
    assert last_text(PHONE) is None
