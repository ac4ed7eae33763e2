"""Delete what was said so long ago that nobody may ask for it any more."""

from datetime import datetime, timedelta

from lukou_market.streams.models import ChatMessage

# A day more than three years can have: the trigger that keeps them has a clock of its own.
_KEPT = timedelta(days=3 * 365 + 2)
_A_BATCH = 5_000


def forget_old_chat(*, now: datetime) -> int:
    """Delete up to 5,000 messages that are more than three years old; how many there were."""
    old = ChatMessage.objects.filter(said_at__lt=now - _KEPT).order_by("said_at")
    deleted, _ = ChatMessage.objects.filter(pk__in=old.values("pk")[:_A_BATCH]).delete()
    return deleted
