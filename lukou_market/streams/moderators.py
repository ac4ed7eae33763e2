"""Whom a host trusts to keep order in the host's rooms."""

from django.db import transaction

from lukou_market.accounts.models import User
from lukou_market.accounts.phones import normal_phone
from lukou_market.streams.chat_errors import ModeratorIsHost, TooManyModerators
from lukou_market.streams.locks import lock_host
from lukou_market.streams.models import ChatRestriction, Host, Moderator

_MOST = 20


@transaction.atomic
def appoint_moderator(*, host: Host, phone: str) -> Moderator:
    """Appoint who holds this phone, whether or not they have ever signed in.

    So nobody learns whose number is known here. A mute of theirs ends. Raises PhoneWrong,
    ModeratorIsHost and TooManyModerators.
    """
    person = User.objects.for_phone(normal_phone(phone))
    if person.pk == host.user_id:
        raise ModeratorIsHost
    lock_host(host.pk)
    appointed = Moderator.objects.filter(host=host)
    if appointed.exclude(person=person).count() >= _MOST:
        raise TooManyModerators
    ChatRestriction.objects.filter(host=host, person=person).delete()
    moderator, _new = Moderator.objects.get_or_create(host=host, person=person)
    return moderator


def dismiss_moderator(*, host: Host, person_id: int) -> None:
    """Trust them no more; whoever was not appointed is not changed."""
    Moderator.objects.filter(host=host, person=person_id).delete()
