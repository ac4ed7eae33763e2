"""Personal data at rest: encrypted text fields, and digests to look a value up by."""

import hashlib
import hmac
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


@cache
def _cipher() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.FIELD_KEYS])


@cache
def _first_cipher() -> Fernet:
    return Fernet(settings.FIELD_KEYS[0])


class _Stored(str):
    """A decrypted value that knows how it is stored: saved unchanged, it is stored unchanged."""

    token: str = ""


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text that PostgreSQL only ever sees encrypted (Fernet: AES-128-CBC with HMAC).

    The first of FIELD_KEYS encrypts, all of them decrypt, so keys can be rotated. The
    field can't be filtered by: store a `digest()` beside it where look-up is needed. What is
    read and saved again keeps its ciphertext, so that a row differs only when its text does.
    """

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, _Stored) and _under_first_key(value.token):
            return value.token
        text = super().get_prep_value(value)
        return _cipher().encrypt(text.encode()).decode() if text else text

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return decrypted(value) if value else value


def decrypted(token: str) -> str:
    """What an encrypted field holds."""
    text = _Stored(_cipher().decrypt(token.encode()).decode())
    text.token = token
    return text


def _under_first_key(token: str) -> bool:
    """Whether it needs no other key: with an older one it is encrypted again when saved."""
    try:
        _first_cipher().decrypt(token.encode())
    except InvalidToken:
        return False
    return True


def seal(content: bytes) -> bytes:
    """A file's content encrypted, for where it is kept for a while."""
    return _cipher().encrypt(content)


def open_sealed(sealed: bytes) -> bytes:
    """What was sealed. Raises InvalidToken for anything else."""
    return _cipher().decrypt(sealed)


def digest(value: str) -> str:
    """A keyed SHA-256 (64 hex digits) of a personal value: equal values, equal digests."""
    return hmac.new(settings.DIGEST_KEY.encode(), value.encode(), hashlib.sha256).hexdigest()
