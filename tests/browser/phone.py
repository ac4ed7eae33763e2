"""What a person does with a phone, and what they would complain about."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from lukou_market.accounts.models import User
from lukou_market.accounts.sms_gateway import last_text

_SMALLEST_TOUCH_PX = 44
# Links inside sentences may be lower than buttons.
_TOO_LOW = """() => [...document.querySelectorAll("button, .button, input, select, summary")]
    .filter((one) => one.getClientRects().length && one.getBoundingClientRect().height < %d)
    .map((one) => one.outerHTML)"""
# A wide table scrolls in its own box.
_TOO_WIDE = """() => [...document.querySelectorAll("body *")]
    .filter((one) => !one.parentElement.closest(".scroll"))
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5)
    .map((one) => one.outerHTML.slice(0, 120))"""


# A picture of the whole page has its tabs at the end, not where the screen ends.
_UNROLLED = ".tabs, .bar, .actions { position: static !important }"


@dataclass(frozen=True)
class Screenshot:
    """Saves the page under a name; nothing may stick out sideways or be too small to touch."""

    page: Page
    folder: Path

    def __call__(self, name: str, *, whole: bool = True) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        style = _UNROLLED if whole else ""
        self.page.screenshot(path=self.folder / f"{name}.png", full_page=whole, style=style)
        assert self.page.evaluate(_TOO_WIDE) == []
        assert self.page.evaluate(_TOO_LOW % _SMALLEST_TOUCH_PX) == []


def enter(page: Page, user: User, origin: str = "") -> None:
    """Be signed in as `user`, at once; without `origin`, at the site that the page is on."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    origin = origin or page.evaluate("location.origin")
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": origin}]
    )


def sign_in(page: Page, phone: str, *, screenshot: Callable[[str], None] | None = None) -> None:
    """From the sign-in page on: the number, the code from the message."""
    screenshot = screenshot or (lambda name: None)
    screenshot("sign-in")
    page.fill("[name=phone]", phone)
    page.dblclick("main .button")
    page.wait_for_url("**/sign-in/code/**")
    screenshot("sign-in-code")
    code = re.search(r"\d{6}", last_text(phone) or "")
    assert code
    page.fill("[name=code]", code[0])
    page.dblclick("main .button")
