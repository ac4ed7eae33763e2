"""The second factor of staff: a code of their authenticator app (TOTP, RFC 6238)."""

from base64 import b32decode, b32encode
from collections.abc import Callable
from datetime import datetime, timedelta
from secrets import token_bytes

from django.db import transaction
from django_otp.oath import TOTP

from lukou_market.accounts.errors import NoSecondFactor, TooManyTries, WrongCode
from lukou_market.accounts.models import User
from lukou_market.accounts.second_factor_models import StaffDevice

STEP_S = 30
_TOLERANCE_STEPS = 1
_MOST_DRIFT_STEPS = 10
_FREE_TRIES = 5
_LONGEST_WAIT = timedelta(hours=1)


def new_key() -> str:
    """A secret of 160 bits, in base32."""
    return b32encode(token_bytes(20)).decode()


def totp_at(device: StaffDevice, now: datetime) -> TOTP:
    """What the device shows at `now`."""
    totp = TOTP(b32decode(device.key), step=STEP_S, drift=device.drift_steps)
    totp.time = now.timestamp()
    return totp


def confirm_second_factor(user: User, code: str, *, now: datetime) -> None:
    """Accept the code the person's app shows; the same code is not accepted again.

    Call it before any transaction: what was tried stays counted whatever the caller does then.
    Raises NoSecondFactor, WrongCode, TooManyTries.
    """
    try_code(user, now=now, fits=lambda device: is_next_code(device, code, now))


def try_code(
    user: User, *, now: datetime, fits: Callable[[StaffDevice], bool], enrolling: bool = False
) -> None:
    """Ask `fits` of the person's device, its row locked, and count what fails."""
    with transaction.atomic(durable=True):
        devices = StaffDevice.objects.select_for_update()
        device = devices.filter(user=user, confirmed_at__isnull=enrolling).first()
        if device is None:
            raise NoSecondFactor
        if (wait := _wait(device, now)) > timedelta():
            raise TooManyTries(retry_after_s=int(wait.total_seconds()) + 1)
        accepted = fits(device)
        device.failures = 0 if accepted else device.failures + 1
        device.failed_at = None if accepted else now
        device.save()
    if not accepted:
        raise WrongCode


def _wait(device: StaffDevice, now: datetime) -> timedelta:
    """Each failure beyond the free ones doubles the wait, from half a minute to an hour."""
    if device.failed_at is None or device.failures < _FREE_TRIES:
        return timedelta()
    doubled = STEP_S * 2 ** min(device.failures - _FREE_TRIES, 10)
    return device.failed_at + min(timedelta(seconds=doubled), _LONGEST_WAIT) - now


def is_next_code(device: StaffDevice, code: str, now: datetime) -> bool:
    """Whether the app shows `code` and it was not used yet; notes that it is now."""
    typed = code.replace(" ", "")
    if not (len(typed) == 6 and typed.isascii() and typed.isdigit()):
        return False
    totp = totp_at(device, now)
    if not totp.verify(int(typed), tolerance=_TOLERANCE_STEPS, min_t=device.last_step + 1):
        return False
    device.last_step = totp.t()
    device.drift_steps = max(-_MOST_DRIFT_STEPS, min(totp.drift, _MOST_DRIFT_STEPS))
    return True
