"""Households with a balance and a bank account, made straight in the book."""

from datetime import date
from itertools import count

from lukou_market.accounts.models import User
from lukou_market.households.models import Household
from lukou_market.kernel.encryption import digest
from lukou_market.ledger.entries import Entry, Place, Source
from lukou_market.ledger.months import month_of
from lukou_market.ledger.post_transfers import post_transfers
from lukou_market.payouts.create_bank_file import create_bank_file
from lukou_market.payouts.models import BankAccount, PayoutLine
from lukou_market.payouts.prepare_payout import Prepared, prepare_payout
from lukou_market.regions.models import Region
from tests.balance import balance_fen
from tests.factories import NOW, make_household, make_region

JUNE = date(2026, 6, 1)
DISTRICT = "430212000000"
_next = count(1)


def make_account(household: Household, *, holder: str = "李大山", number: str = "") -> BankAccount:
    number = number or f"8101{next(_next):010d}"
    return BankAccount.objects.create(
        household=household,
        bank="株洲农商银行朱亭支行",
        holder=holder,
        number=number,
        number_digest=digest(number),
    )


def make_payee(number: str = "", village: Region | None = None, **kinds_fen: int) -> Household:
    """A household with an account and these balances."""
    household = make_household(number, village)
    make_account(household)
    for kind, fen in kinds_fen.items():
        credit(household, kind, fen)
    return household


def credit(household: Household, kind: str, fen: int) -> None:
    """Credit the household, or take back when below zero."""
    pool, own = Place("producer_pool", 1), Place("household", household.pk, kind)
    debit, to = (pool, own) if fen > 0 else (own, pool)
    source = Source("test", next(_next), kind)
    entry = Entry(debit, to, abs(fen), "share_credited", source, NOW)
    post_transfers(month=month_of(NOW), label="livestream", entries=[entry], now=NOW)


def owed_fen(household: Household) -> int:
    """What the book owes the household."""
    kinds = ("wage", "business", "property", "transfer")
    return -sum(balance_fen(Place("household", household.pk, kind)) for kind in kinds)


def paid_fen(household: Household) -> int:
    """What the book says was paid out to it."""
    return -balance_fen(Place("household_paid", household.pk))


def prepare(by: User, region: str = DISTRICT) -> Prepared:
    return prepare_payout(region=make_region(region), month=JUNE, label="6 月", by=by, now=NOW)


def sent(by: User, region: str = DISTRICT) -> list[PayoutLine]:
    """The lines of a batch whose file went to the bank."""
    batch = prepare(by, region).batch
    create_bank_file(batch_id=batch.pk, by=by, reason="送银行", now=NOW)
    return list(batch.lines.order_by("household_id"))
