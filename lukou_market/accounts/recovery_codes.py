"""Ten codes on paper for who has lost their phone, each for once; only digests are kept."""

import secrets
from datetime import datetime

from lukou_market.accounts.models import RecoveryCode, StaffDevice, User
from lukou_market.accounts.second_factor import try_code
from lukou_market.kernel.encryption import digest

_COUNT = 10
_HALF = 5
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that look like another


def new_recovery_codes(device: StaffDevice) -> list[str]:
    """Ten new codes in clear, to be shown once; the device's older ones end."""
    codes = [f"{_letters()}-{_letters()}" for _n in range(_COUNT)]
    device.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(device=device, code_digest=_digest(device.user_id, code)) for code in codes
    )
    return codes


def use_recovery_code(user: User, code: str, *, now: datetime) -> None:
    """Accept one of the person's paper codes, which ends with it.

    Raises NoSecondFactor, WrongCode, TooManyTries.
    """
    code_digest = _digest(user.pk, code.strip().lower())
    try_code(
        user,
        now=now,
        fits=lambda device: bool(
            device.recovery_codes.filter(code_digest=code_digest, used_at=None).update(used_at=now)
        ),
    )


def _letters() -> str:
    return "".join(secrets.choice(_LETTERS) for _n in range(_HALF))


def _digest(user_id: int, code: str) -> str:
    return digest(f"recovery {user_id} {code}")
