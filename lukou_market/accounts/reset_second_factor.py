"""Forget somebody's authenticator app: they register another when they next sign in."""

from django.db import transaction

from lukou_market.access_log.models import Action
from lukou_market.access_log.record_access import record_access
from lukou_market.accounts.errors import NoSecondFactor
from lukou_market.accounts.models import StaffDevice, User
from lukou_market.accounts.record_sign_ins import region_of
from lukou_market.accounts.sign_ins import sign_out_everywhere


@transaction.atomic
def reset_second_factor(*, user: User, by: User, reason: str) -> None:
    """Remove the device and its paper codes and end all sign-ins; recorded.

    Raises NoSecondFactor.
    """
    deleted, _rows = StaffDevice.objects.filter(user=user).delete()
    if not deleted:
        raise NoSecondFactor
    sign_out_everywhere(user=user)
    record_access(
        actor=by,
        action=Action.CLEARED,
        subject=f"second factor of {user.username}",
        region_code=region_of(user),
        reason=reason,
    )
