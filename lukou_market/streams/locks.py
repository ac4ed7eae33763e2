"""The one place that locks live sessions, their hosts, and the people who write in them."""

from lukou_market.accounts.models import User
from lukou_market.streams.errors import SessionNotFound
from lukou_market.streams.models import Host, LiveSession


def lock_session(session_id: int) -> LiveSession:
    """The session, locked until the transaction ends. Raises SessionNotFound.

    A lock that leaves keys alone: orders that refer to the session needn't wait for it.
    """
    sessions = LiveSession.objects.select_for_update(of=("self",), no_key=True)
    session = sessions.select_related("host__user").filter(pk=session_id).first()
    if session is None:
        raise SessionNotFound
    return session


def lock_author(user_id: int) -> None:
    """Let this person's messages come one after the other until the transaction ends.

    A lock that leaves keys alone: the person's orders needn't wait for it.
    """
    people = User.objects.select_for_update(no_key=True).filter(pk=user_id)
    people.values_list("pk").get()


def lock_host(host_id: int) -> None:
    """Let changes to a host's moderators come one after the other until the transaction ends."""
    hosts = Host.objects.select_for_update(no_key=True).filter(pk=host_id)
    hosts.values_list("pk").get()
