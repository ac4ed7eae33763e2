"""Keep a person from writing in a host's rooms: for some minutes, or for good."""

from datetime import datetime, timedelta

from django.db import transaction

from lukou_market.accounts.models import User
from lukou_market.streams.chat_errors import NotRestrictable
from lukou_market.streams.models import ChatRestriction, Host
from lukou_market.streams.who_moderates import require_moderator, rooms_kept_by


@transaction.atomic
def restrict_person(
    *, host: Host, person_id: int, minutes: int | None, by: User, now: datetime
) -> None:
    """Mute for `minutes`, or with None ban for good; what held before is replaced.

    Raises NotModerator and NotRestrictable (oneself, the host; for moderators, another one).
    """
    require_moderator(host, by.pk)
    keeps_order = rooms_kept_by(person_id).filter(pk=host.pk).exists()
    if person_id in (by.pk, host.user_id) or (keeps_order and by.pk != host.user_id):
        raise NotRestrictable
    until = None if minutes is None else now + timedelta(minutes=minutes)
    ChatRestriction.objects.update_or_create(
        host=host,
        person_id=person_id,
        defaults={"until": until, "made_by": by, "made_at": now},
    )


@transaction.atomic
def lift_restriction(*, host: Host, person_id: int, by: User) -> None:
    """Let the person write again; whoever may is not changed. Raises NotModerator."""
    require_moderator(host, by.pk)
    ChatRestriction.objects.filter(host=host, person_id=person_id).delete()
