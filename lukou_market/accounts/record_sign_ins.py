"""Sign-ins, refusals and sign-outs in the access log."""

from lukou_market.access_log.models import Action
from lukou_market.access_log.record_access import record_access
from lukou_market.accounts.models import User
from lukou_market.kernel.encryption import digest

_BY_PHONE = "sign-in by phone"


def region_of(user: User | None) -> str:
    """The code of a region the person works for; empty for others."""
    if user is None:
        return ""
    codes = user.grants.filter(region__isnull=False).order_by("region_id")
    return codes.values_list("region_id", flat=True).first() or ""


def staff_subject(user: User | None) -> str:
    """A staff sign-in by its user name; a name that nobody has is not written down."""
    return f"staff sign-in {user.username if user else 'with an unknown name'}"


def record_phone_sign_in(user: User) -> None:
    """A buyer, host or packer came in by a code."""
    record_access(
        actor=user, action=Action.SIGNED_IN, subject=_BY_PHONE, region_code=region_of(user)
    )


def record_phone_refused(phone: str) -> None:
    """A code that was sent to `phone` was guessed wrong."""
    user = User.objects.filter(phone_digest=digest(phone)).first()
    record_access(
        actor=user, action=Action.SIGN_IN_REFUSED, subject=_BY_PHONE, region_code=region_of(user)
    )


def record_staff(user: User | None, action: Action, *, address: str, how: str = "") -> None:
    """Something about a sign-in to the desk; `how` says which step, or by what."""
    record_access(
        actor=user,
        action=action,
        subject=staff_subject(user),
        region_code=region_of(user),
        reason=" ".join(filter(None, (how, f"from {address}"))),
    )


def record_sign_out(user: object) -> None:
    """Nobody signed in is no error."""
    if isinstance(user, User):
        record_access(
            actor=user, action=Action.SIGNED_OUT, subject="sign-out", region_code=region_of(user)
        )
