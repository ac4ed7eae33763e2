"""Register a person's authenticator app: a key, its QR code, the first code, paper codes."""

from datetime import datetime
from urllib.parse import quote, urlencode

import segno
from django.db import transaction
from django.utils.safestring import SafeString, mark_safe

from lukou_market.accounts.errors import AlreadyEnrolled
from lukou_market.accounts.models import StaffDevice, User
from lukou_market.accounts.recovery_codes import new_recovery_codes
from lukou_market.accounts.second_factor import is_next_code, new_key, try_code

_ISSUER = "绿口市集"


@transaction.atomic
def start_enrolment(user: User) -> StaffDevice:
    """An unconfirmed device with a new key each time: one that was only looked at opens nothing.

    Raises AlreadyEnrolled.
    """
    device = StaffDevice.objects.select_for_update().filter(user=user).first()
    if device is not None and device.confirmed_at is not None:
        raise AlreadyEnrolled
    device = device or StaffDevice(user=user)
    device.key, device.last_step, device.drift_steps = new_key(), -1, 0
    device.save()
    return device


def confirm_enrolment(user: User, code: str, *, now: datetime) -> list[str]:
    """Confirm by the app's first code; the paper codes, to be shown once.

    Raises NoSecondFactor, WrongCode, TooManyTries.
    """
    codes: list[str] = []

    def fits(device: StaffDevice) -> bool:
        if not is_next_code(device, code, now):
            return False
        device.confirmed_at = now
        codes.extend(new_recovery_codes(device))
        return True

    try_code(user, now=now, fits=fits, enrolling=True)
    return codes


def key_uri(device: StaffDevice) -> str:
    """What authenticator apps read from the QR code."""
    label = quote(f"{_ISSUER}:{device.user.username}")
    asked = {
        "secret": device.key,
        "issuer": _ISSUER,
        "algorithm": "SHA1",
        "digits": 6,
        "period": 30,
    }
    return f"otpauth://totp/{label}?{urlencode(asked, quote_via=quote)}"


def key_qr(device: StaffDevice) -> SafeString:
    """The QR code as inline SVG: the key goes through no other server."""
    code = segno.make_qr(key_uri(device), error="m")
    return mark_safe(code.svg_inline(omitsize=True, border=4, light="#fff"))  # noqa: S308
