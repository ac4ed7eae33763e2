"""The registers whose changes are kept: an event table for each, filled by triggers."""

import pgtrigger

from lukou_market.accounts.models import RoleGrant, User
from lukou_market.catalog.models import HarvestLot, Product, Sku
from lukou_market.households.models import (
    AidProject,
    BenefitLink,
    Farmer,
    Household,
    HouseholdMember,
    PoolMember,
    PoolPart,
    Producer,
)
from lukou_market.organisations.models import Organisation
from lukou_market.payouts.models import BankAccount
from lukou_market.registers.track import track
from lukou_market.streams.models import Host

_STAFF = pgtrigger.Q(new__is_staff=True) | pgtrigger.Q(new__is_superuser=True)


for _model in (
    Household, HouseholdMember, Farmer, Producer, BenefitLink, PoolPart, PoolMember, AidProject,
    AidProject.households.through, AidProject.producers.through, RoleGrant, BankAccount, Product,
    Sku, HarvestLot, Organisation, Host,
):  # fmt: skip
    track(_model)
# Buyers come and go, and their phones are shredded: only what makes somebody staff is kept.
track(User, fields=["username", "is_staff", "is_superuser", "is_active"], added=_STAFF)
