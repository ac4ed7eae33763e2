"""Lock sign-in by password after some wrong ones, by user name and network address."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from lukou_market.access_log.models import Action
from lukou_market.access_log.record_access import record_access
from lukou_market.accounts.errors import LockedOut
from lukou_market.accounts.models import PasswordTries, User
from lukou_market.accounts.record_sign_ins import region_of, staff_subject
from lukou_market.kernel.encryption import digest

_FORGOTTEN_AFTER = timedelta(days=1)


def count_try(*, username: str, address: str, user: User | None, now: datetime) -> PasswordTries:
    """Count a try as failed and commit it, before the password is looked at; see `forgive`.

    Counted first, so that parallel guesses can't share a try. The last try that is allowed sets
    `locked_until`. Raises LockedOut without counting while a lock holds.
    """
    PasswordTries.objects.filter(since__lt=now - _FORGOTTEN_AFTER).delete()
    with transaction.atomic(durable=True):
        tries = _locked_row(digest(username), address[:64], user, now)
        if tries.locked_until is not None and tries.locked_until > now:
            raise locked_out(tries, now)
        if tries.locked_until is not None or tries.since < now - settings.STAFF_LOCK_OUT:
            tries.failures, tries.since, tries.locked_until = 0, now, None
        tries.failures += 1
        if tries.failures >= settings.STAFF_SIGN_IN_TRIES:
            tries.locked_until = now + settings.STAFF_LOCK_OUT
        tries.save()
    return tries


def locked_out(tries: PasswordTries, now: datetime) -> LockedOut:
    """The refusal that says for how many minutes."""
    left = (tries.locked_until or now) - now
    return LockedOut(minutes=-(-int(left.total_seconds()) // 60))


def forgive(tries: PasswordTries) -> None:
    """The password was right."""
    tries.delete()


@transaction.atomic
def unlock(*, tries: PasswordTries, by: User) -> None:
    """Let the person try again at once; recorded."""
    record_access(
        actor=by,
        action=Action.CLEARED,
        subject=f"lock of {staff_subject(tries.user)} from {tries.address}",
        region_code=region_of(tries.user),
    )
    tries.delete()


def _locked_row(name_digest: str, address: str, user: User | None, now: datetime) -> PasswordTries:
    new = {"user": user, "failures": 0, "since": now}
    rows = PasswordTries.objects.select_for_update()
    return rows.get_or_create(name_digest=name_digest, address=address, defaults=new)[0]
