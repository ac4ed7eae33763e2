"""Send a one-time code to a phone."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from lukou_market.accounts.models import SignInCode
from lukou_market.accounts.phones import normal_phone
from lukou_market.accounts.sms_gateway import send_sms
from lukou_market.kernel.encryption import digest

VALID_FOR = timedelta(minutes=5)


def send_code(*, phone: str, now: datetime) -> None:
    """Text a new 6-digit code, valid for five minutes; it ends the phone's older ones.

    Does the same for every phone, known or not. Raises PhoneWrong, MessageNotSent.
    """
    phone = normal_phone(phone)
    code = f"{secrets.randbelow(10**6):06d}"
    _replace_code(phone, code, now)
    send_sms(phone, _("Your sign-in code is %(code)s, valid for 5 minutes.") % {"code": code})


def code_digest(phone: str, code: str) -> str:
    """What is stored of a code; it opens this phone's account only."""
    return digest(f"{phone} {code}")


def _replace_code(phone: str, code: str, now: datetime) -> None:
    with transaction.atomic():
        SignInCode.objects.filter(phone_digest=digest(phone)).delete()
        SignInCode.objects.create(
            phone_digest=digest(phone),
            code_digest=code_digest(phone, code),
            sent_at=now,
            expires_at=now + VALID_FOR,
        )
