"""Exchange a one-time code for the user it proves."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare

from lukou_market.accounts.errors import AccountClosed, CodeWrong
from lukou_market.accounts.models import SignInCode, User
from lukou_market.accounts.phones import normal_phone
from lukou_market.accounts.record_sign_ins import record_phone_refused, record_phone_sign_in
from lukou_market.accounts.send_code import code_digest
from lukou_market.kernel.encryption import digest

_MOST_ATTEMPTS = 5


def exchange_code(*, phone: str, code: str, now: datetime) -> User:
    """The user of `phone`, made on first sight; the code can't be used again.

    Raises PhoneWrong, CodeWrong (wrong, expired, used, or five attempts were made) and
    AccountClosed.
    """
    phone = normal_phone(phone)
    sent = _count_attempt(phone, now)
    if not constant_time_compare(sent.code_digest, code_digest(phone, code)):
        record_phone_refused(phone)
        raise CodeWrong
    if not SignInCode.objects.filter(pk=sent.pk, used_at=None).update(used_at=now):
        raise CodeWrong  # another request used it a moment ago
    user = User.objects.for_phone(phone)
    if not user.is_active:
        raise AccountClosed
    record_phone_sign_in(user)
    return user


def _count_attempt(phone: str, now: datetime) -> SignInCode:
    """The phone's latest code, with this attempt already counted and committed.

    Counted before comparing, so that parallel guesses can't share an attempt, and durably,
    so that no caller's rollback gives it back.
    """
    with transaction.atomic(durable=True):
        codes = SignInCode.objects.filter(phone_digest=digest(phone))
        latest = codes.order_by("-sent_at", "-pk").first()
        if latest is None:
            raise CodeWrong
        usable = codes.filter(
            pk=latest.pk, used_at=None, expires_at__gt=now, attempts__lt=_MOST_ATTEMPTS
        )
        if not usable.update(attempts=F("attempts") + 1):
            raise CodeWrong
    return latest
