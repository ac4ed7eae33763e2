"""The key that a host's picture is let in with: made when it is first asked for."""

import secrets
from datetime import datetime
from hmac import compare_digest

from django.db import transaction

from lukou_market.streams.locks import lock_session
from lukou_market.streams.models import LiveSession, StreamKey
from lukou_market.streams.publisher_gone import publisher_gone

_SECRET_BYTES = 16  # 128 bits: 32 hexadecimal digits, which a phone can type if it has to


def stream_name(session: LiveSession) -> str:
    """What the host's app sends its picture as: "<session id>-<secret>". Never log it."""
    key, _made = StreamKey.objects.get_or_create(
        session=session, defaults={"secret": secrets.token_hex(_SECRET_BYTES)}
    )
    return f"{session.pk}-{key.secret}"


@transaction.atomic
def rotate_key(*, session_id: int, now: datetime) -> None:
    """Replace the session's key: who sends with the old one has no right to any more.

    The edge cuts such a sender off when it next asks, within seconds. Raises SessionNotFound.
    """
    session = lock_session(session_id)
    key = StreamKey.objects.filter(session=session).first()
    if key is not None and key.publisher:
        publisher_gone(session_id=session_id, publisher=key.publisher, now=now)
    StreamKey.objects.update_or_create(
        session=session, defaults={"secret": secrets.token_hex(_SECRET_BYTES), "made_at": now}
    )


def session_named(name: str) -> int | None:
    """The session that a stream's name, with or without its secret, begins with."""
    number = name.partition("-")[0]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 19 else None


def has_right(key: StreamKey, name: str) -> bool:
    """Whether the name carries the key's secret; takes as long for one that nearly does."""
    secret = name.partition("-")[2]
    return compare_digest(secret.encode(), key.secret.encode())
