"""An authenticator app in the hands of the tests."""

from datetime import datetime

from django.utils import timezone

from lukou_market.accounts.models import User
from lukou_market.accounts.second_factor import new_key, totp_at
from lukou_market.accounts.second_factor_models import StaffDevice


def enrol(user: User) -> None:
    """Register an app for the person; who has one keeps it."""
    StaffDevice.objects.get_or_create(
        user=user, defaults={"key": new_key(), "confirmed_at": timezone.now()}
    )


def code_for(user: User, *, now: datetime | None = None) -> str:
    """What the app shows now, as if its codes up to now had not been used.

    Half a minute goes by between two codes of a person; a test doesn't wait for it.
    """
    StaffDevice.objects.filter(user=user).update(last_step=-1)
    device = StaffDevice.objects.get(user=user)
    return f"{totp_at(device, now or timezone.now()).token():06d}"
