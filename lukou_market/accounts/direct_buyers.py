"""Buyers that never signed in: units and shops named on the receipts of direct sales."""

import hashlib
from collections.abc import Iterable

from lukou_market.accounts.models import User


def buyers_by_name(names: Iterable[str]) -> dict[str, User]:
    """The user that stands for each of these names, made on first sight; nobody can be it."""
    wanted = {_username(name): name for name in names}
    User.objects.bulk_create(
        (
            User(username=username, display_name=name[:40], password="!", is_active=False)  # noqa: S106
            for username, name in sorted(wanted.items())
        ),
        ignore_conflicts=True,
    )
    found = User.objects.filter(username__in=wanted)
    return {wanted[user.username or ""]: user for user in found}


def _username(name: str) -> str:
    return f"unit-{hashlib.sha256(name.encode()).hexdigest()[:32]}"
