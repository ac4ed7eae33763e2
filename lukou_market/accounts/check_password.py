"""The first step of staff's sign-in: name and password."""

from datetime import datetime

from django.contrib.auth.hashers import make_password

from lukou_market.access_log.models import Action
from lukou_market.accounts.errors import PasswordWrong
from lukou_market.accounts.lock_out import count_try, forgive, locked_out
from lukou_market.accounts.models import User
from lukou_market.accounts.record_sign_ins import record_staff


def check_password(*, username: str, password: str, address: str, now: datetime) -> User:
    """The staff user; whoever comes next still has to give the second factor.

    Raises PasswordWrong, and LockedOut while no try is left.
    """
    user = User.objects.filter(username=username, is_staff=True, is_active=True).first()
    tries = count_try(username=username, address=address, user=user, now=now)
    if user is None:
        make_password(password)  # takes as long as looking at a real one
    elif user.check_password(password):
        forgive(tries)
        return user
    if tries.locked_until is None:
        record_staff(user, Action.SIGN_IN_REFUSED, address=address, how="password")
        raise PasswordWrong
    record_staff(user, Action.LOCKED_OUT, address=address)
    raise locked_out(tries, now)
