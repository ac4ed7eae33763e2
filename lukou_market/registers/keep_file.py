"""A file between the look at it and its import: encrypted, for half an hour, and then gone."""

import hashlib

from django.core.cache import cache

from lukou_market.accounts.models import User
from lukou_market.kernel.encryption import open_sealed, seal
from lukou_market.registers.errors import FileForgotten

_FOR_S = 30 * 60


def keep_file(*, content: bytes, kind: str, by: User) -> None:
    """Keep what this person has just looked at; nobody else finds it."""
    cache.set(_key(hashlib.sha256(content).hexdigest(), kind, by), seal(content), timeout=_FOR_S)


def kept_file(*, sha256: str, kind: str, by: User) -> bytes:
    """The very file with this hash. Raises FileForgotten."""
    kept = cache.get(_key(sha256, kind, by))
    content = open_sealed(kept) if kept else b""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FileForgotten
    return content


def _key(sha256: str, kind: str, by: User) -> str:
    digest = hashlib.sha256(f"{sha256} {kind} {by.pk}".encode()).hexdigest()
    return f"registers:file:{digest}"
