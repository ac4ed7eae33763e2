"""A session of staff: it begins with the second factor, and remembers when that was given."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from lukou_market.access_log.models import Action
from lukou_market.accounts.client_address import client_address
from lukou_market.accounts.models import SignIn, User
from lukou_market.accounts.record_sign_ins import record_staff
from lukou_market.accounts.sign_ins import note_sign_in
from lukou_market.regions.desk import SECOND_FACTOR_AT

_BACKEND = "django.contrib.auth.backends.ModelBackend"
_FIRST_STEP = "staff_first_step"
_CODE_WITHIN = timedelta(minutes=10)
_FRESH_FOR = timedelta(minutes=10)
_LASTS = timedelta(hours=12)
SEEN_AT = "seen_at"
_SEEN_EVERY = timedelta(minutes=5)


def remember_password_given(request: HttpRequest, user: User, *, now: datetime) -> None:
    """Let the second step know whose password was right; nobody is signed in by it."""
    request.session.cycle_key()
    request.session[_FIRST_STEP] = {
        "user": user.pk,
        "proof": user.get_session_auth_hash(),
        "at": now.timestamp(),
    }


def who_gave_password(request: HttpRequest, *, now: datetime) -> User | None:
    """Who gave their password in this browser within the last ten minutes."""
    given: dict[str, Any] | None = request.session.get(_FIRST_STEP)
    if given is None or now.timestamp() - given["at"] > _CODE_WITHIN.total_seconds():
        return None
    user = User.objects.filter(pk=given["user"], is_staff=True, is_active=True).first()
    if user is None or not constant_time_compare(user.get_session_auth_hash(), given["proof"]):
        return None
    return user


def begin_staff_session(request: HttpRequest, user: User, *, now: datetime, how: str) -> None:
    """Sign in who gave both; recorded."""
    request.session.pop(_FIRST_STEP, None)
    login(request, user, backend=_BACKEND)
    request.session[SECOND_FACTOR_AT] = now.timestamp()
    request.session.set_expiry(_LASTS)
    request.session.save()
    note_sign_in(
        user=user,
        session_key=request.session.session_key or "",
        user_agent=request.headers.get("User-Agent", ""),
        now=now,
        with_second_factor=True,
    )
    record_staff(user, Action.SIGNED_IN, address=client_address(request), how=how)


def second_factor_given_again(request: HttpRequest, *, now: datetime) -> None:
    """What is sensitive is open for the next ten minutes."""
    request.session[SECOND_FACTOR_AT] = now.timestamp()


def second_factor_is_fresh(request: HttpRequest, *, now: datetime) -> bool:
    """Whether it was given within the last ten minutes."""
    given: float = request.session.get(SECOND_FACTOR_AT, 0)
    return now - datetime.fromtimestamp(given, tz=UTC) <= _FRESH_FOR


def note_seen(request: HttpRequest, *, now: datetime) -> None:
    """Remember that this session is in use, every few minutes."""
    if now.timestamp() - request.session.get(SEEN_AT, 0) < _SEEN_EVERY.total_seconds():
        return
    request.session[SEEN_AT] = now.timestamp()
    SignIn.objects.filter(session_key=request.session.session_key).update(last_seen_at=now)
