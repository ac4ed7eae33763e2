"""Announce a live session."""

from datetime import datetime

from lukou_market.streams.certificates import require_certificate
from lukou_market.streams.models import Host, LiveSession


def schedule_session(
    *, host: Host, title: str, scheduled_at: datetime, now: datetime
) -> LiveSession:
    """A new session of `host`, not yet live. Raises HostNotCertified."""
    require_certificate(host, now=now)
    return LiveSession.objects.create(host=host, title=title, scheduled_at=scheduled_at)
