"""Bank accounts of the sample households, and a batch that waits for the bank."""

import random
from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from lukou_market.accounts.models import User
from lukou_market.demo.puwan import puwan_session
from lukou_market.households.models import HouseholdMember
from lukou_market.kernel.encryption import digest
from lukou_market.payouts.errors import NothingToPay
from lukou_market.payouts.models import BankAccount
from lukou_market.payouts.prepare_payout import prepare_payout

_SEED = 621_700
_WITHOUT_ACCOUNT_EVERY = 20


def register_accounts(heads: Sequence[HouseholdMember]) -> None:
    """An account for nearly every household, in its head's name; saved in one statement."""
    rng = random.Random(_SEED)
    numbers = rng.sample(range(10**9), len(heads))
    BankAccount.objects.bulk_create(
        (
            BankAccount(
                household_id=head.household_id,
                bank="绿口农村商业银行",
                holder=head.name,
                number=number,
                number_digest=digest(number),
            )
            for n, (head, number) in enumerate(
                zip(heads, (f"8101500{serial:09d}" for serial in numbers), strict=True), start=1
            )
            if n % _WITHOUT_ACCOUNT_EVERY
        ),
        batch_size=2_000,
    )


def prepare_demo_payout(*, now: datetime) -> None:
    """What the replay earned for the village's households, prepared by its cadre."""
    try:
        prepare_payout(
            region=puwan_session().host.village,
            month=timezone.localdate(now).replace(day=1),
            label="浦湾甜瓜专场",
            by=User.objects.get(username="village"),
            now=now,
        )
    except NothingToPay:
        return
