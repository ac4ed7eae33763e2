"""Where somebody is signed in: noted at sign-in, shown to them, ended by them."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F

from lukou_market.accounts.models import SignIn, User
from lukou_market.kernel.encryption import digest

# In the order they are looked for: an app's browser names the phone's, too.
_DEVICES = (
    ("MicroMessenger", "微信"), ("AlipayClient", "支付宝"), ("aweme", "抖音"), ("iPhone", "iPhone"),
    ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "Mac"),
)  # fmt: skip


@transaction.atomic
def note_sign_in(
    *,
    user: User,
    session_key: str,
    user_agent: str,
    now: datetime,
    browser: str = "",
    with_second_factor: bool = False,
) -> SignIn:
    """Remember the session that has just begun, with the kind of device it is on.

    `browser` is what tells it from others, kept as a digest; empty is not known. Who signs in
    again keeps the session; sign-ins that are over are forgotten.
    """
    device = next((name for mark, name in _DEVICES if mark in user_agent), "")
    noted = {
        "user": user,
        "device": device,
        "browser_digest": digest(browser) if browser else "",
        "signed_in_at": now,
        "last_seen_at": now,
        "with_second_factor": with_second_factor,
    }
    sign_in, _new = SignIn.objects.update_or_create(session_key=session_key, defaults=noted)
    user.sign_ins.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return sign_in


def sign_ins_of(user: User, *, now: datetime) -> list[SignIn]:
    """The person's sign-ins that still hold, newest first."""
    alive = Session.objects.filter(expire_date__gt=now).values("session_key")
    return list(user.sign_ins.filter(session_key__in=alive))


@transaction.atomic
def end_sign_in(*, user: User, pk: int) -> None:
    """End one of the person's sign-ins; one that is over, or another's, is no error."""
    found = user.sign_ins.filter(pk=pk).first()
    if found is not None:
        Session.objects.filter(session_key=found.session_key).delete()
        found.delete()


@transaction.atomic
def end_other_sign_ins(*, user: User, kept_session_key: str) -> None:
    """End all of the person's sessions but the one they sit at."""
    others = user.sign_ins.exclude(session_key=kept_session_key)
    keys = list(others.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    others.delete()


@transaction.atomic
def sign_out_everywhere(*, user: User) -> None:
    """End all sessions and refresh tokens; an access token lives on for the rest of its hour."""
    User.objects.filter(pk=user.pk).update(sign_in_epoch=F("sign_in_epoch") + 1)
    keys = user.sign_ins.values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(keys)).delete()
    user.sign_ins.all().delete()
