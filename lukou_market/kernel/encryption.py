"""Personal data at rest: encrypted text fields, and digests to look a value up by."""

import hashlib
import hmac
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


@cache
def _cipher() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.FIELD_KEYS])


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text that PostgreSQL only ever sees encrypted (Fernet: AES-128-CBC with HMAC).

    The first of FIELD_KEYS encrypts, all of them decrypt, so keys can be rotated. The
    field can't be filtered by: store a `digest()` beside it where look-up is needed.
    """

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return _cipher().encrypt(text.encode()).decode() if text else text

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return _cipher().decrypt(value.encode()).decode() if value else value


def digest(value: str) -> str:
    """A keyed SHA-256 (64 hex digits) of a personal value: equal values, equal digests."""
    return hmac.new(settings.DIGEST_KEY.encode(), value.encode(), hashlib.sha256).hexdigest()
