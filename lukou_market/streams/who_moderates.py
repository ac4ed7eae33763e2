"""Who keeps order in a host's rooms: the host, and whom the host has appointed."""

from django.db.models import Q, QuerySet

from lukou_market.streams.chat_errors import NotModerator
from lukou_market.streams.models import Host


def rooms_kept_by(user_id: int) -> QuerySet[Host]:
    """The hosts in whose rooms this person may hide words and mute people."""
    appointed = Q(moderators__person=user_id)
    return Host.objects.filter(Q(user=user_id) | appointed).distinct()


def require_moderator(host: Host, user_id: int) -> None:
    """Raises NotModerator."""
    if not rooms_kept_by(user_id).filter(pk=host.pk).exists():
        raise NotModerator
