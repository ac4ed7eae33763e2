"""Why something in a room's chat is refused."""

from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.errors import DomainError


class RoomNotOpen(DomainError):
    code = "room_not_open"
    sentence = _("You can write here while the stream is on.")


class MessageLength(DomainError):
    code = "message_length"
    status = 400
    sentence = _("Please write 1 to 120 characters.")


class MessageRefused(DomainError):
    """Holds a blocked word; which one is not said, so that the list can't be felt out."""

    code = "message_refused"
    status = 400
    sentence = _("This can't be said here. Please put it in other words.")


class MessageNamesNumber(DomainError):
    code = "message_names_number"
    status = 400
    sentence = _("Please don't write phone numbers or other long numbers: everybody reads this.")


class TooManyMessages(DomainError):
    """Carries `wait_s`, the seconds after which this person may write again."""

    code = "too_many_messages"
    status = 429
    sentence = _("You write very often. Please wait a moment.")


class MessageRepeated(DomainError):
    code = "message_repeated"
    sentence = _("You have just said this.")


class MayNotChat(DomainError):
    code = "may_not_chat"
    status = 403
    sentence = _("You can't write in this host's streams at the moment.")


class MessageNotFound(DomainError):
    code = "message_not_found"
    status = 404
    sentence = _("This message does not exist.")


class NotModerator(DomainError):
    code = "not_moderator"
    status = 403
    sentence = _("Only the host and the host's moderators may do this.")


class NotRestrictable(DomainError):
    """Nobody mutes themselves or the host, and only the host mutes a moderator."""

    code = "not_restrictable"
    sentence = _("This person can't be muted by you.")


class ModeratorIsHost(DomainError):
    code = "moderator_is_host"
    sentence = _("You moderate your own streams already.")


class TooManyModerators(DomainError):
    code = "too_many_moderators"
    sentence = _("A host has at most 20 moderators.")
