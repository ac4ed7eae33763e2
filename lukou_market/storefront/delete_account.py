"""A buyer leaves: their personal data is shredded, the amounts stay."""

from datetime import datetime

from django.db import transaction

from lukou_market.accounts.close_account import close_account
from lukou_market.accounts.errors import AccountInUse
from lukou_market.accounts.models import User
from lukou_market.addresses.address_book import addresses_of
from lukou_market.orders.shred_orders import shred_orders
from lukou_market.organisations.queries import organisation_of
from lukou_market.organisations.shred_members import shred_members
from lukou_market.payments.shred_payments import shred_payments


@transaction.atomic
def delete_account(*, user_id: int, now: datetime) -> None:
    """All or nothing. Raises AccountInUse while an order is under way, for who holds a role, and
    for who orders for an organisation."""
    user = User.objects.select_for_update().get(pk=user_id)
    if organisation_of(user.pk):
        raise AccountInUse
    shred_orders(buyer_id=user.pk, now=now)
    shred_members(buyer_id=user.pk)
    shred_payments(buyer_id=user.pk)
    addresses_of(user.pk).delete()
    close_account(user=user)
