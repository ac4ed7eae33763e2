"""Take a message out of the room; it is kept, but nobody is shown it any more."""

from datetime import datetime

from django.db import transaction

from lukou_market.accounts.models import User
from lukou_market.streams.chat_errors import MessageNotFound
from lukou_market.streams.models import ChatMessage
from lukou_market.streams.publish import RoomEvent, publish
from lukou_market.streams.who_moderates import require_moderator


@transaction.atomic
def hide_message(*, session_id: int, message_id: int, by: User, now: datetime) -> None:
    """Hide a message of this session; one that is hidden stays as it is.

    Raises MessageNotFound and NotModerator.
    """
    messages = ChatMessage.objects.select_related("session__host")
    message = messages.filter(pk=message_id, session=session_id).first()
    if message is None:
        raise MessageNotFound
    require_moderator(message.session.host, by.pk)
    visible = ChatMessage.objects.filter(pk=message.pk, hidden_at=None)
    # The clock of another machine may have been ahead when it was said.
    if visible.update(hidden_at=max(now, message.said_at), hidden_by=by):
        publish(session_id, RoomEvent.CHAT_HIDDEN, {"id": message.pk})
