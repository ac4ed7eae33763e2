"""A person's account without the person: whose orders the book still needs."""

import secrets

from lukou_market.accounts.errors import AccountInUse
from lukou_market.accounts.models import SignInCode, User
from lukou_market.accounts.sign_ins import sign_out_everywhere
from lukou_market.kernel.encryption import digest

_NOBODY = "已注销"


def close_account(*, user: User) -> None:
    """Forget phone and name, end all sign-ins; the phone may be used for a new account.

    The row stays, as orders name it. Raises AccountInUse for staff and who holds a role.
    """
    if user.is_staff or user.grants.exists():
        raise AccountInUse
    sign_out_everywhere(user=user)
    SignInCode.objects.filter(phone_digest=user.phone_digest).delete()
    user.phone, user.display_name, user.is_active = "", _NOBODY, False
    user.phone_digest = digest(f"closed {user.pk} {secrets.token_hex(16)}")
    user.save(update_fields=["phone", "phone_digest", "display_name", "is_active"])
