"""A buyer's addresses: kept when they are used, forgotten when the buyer says so."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from lukou_market.addresses.models import SavedAddress
from lukou_market.kernel.encryption import digest

MOST_KEPT = 20


def addresses_of(owner_id: int) -> QuerySet[SavedAddress]:
    """The buyer's addresses, the one used last first."""
    return SavedAddress.objects.filter(owner_id=owner_id)


@transaction.atomic
def keep_address(
    *, owner_id: int, recipient: str, phone: str, division: str, street: str, now: datetime
) -> SavedAddress:
    """Keep an address that was just used; beyond MOST_KEPT the oldest is forgotten."""
    same = digest("\n".join([recipient, phone, division, street]))
    written = {"recipient": recipient, "phone": phone, "division": division, "street": street}
    kept, _created = SavedAddress.objects.update_or_create(
        owner_id=owner_id,
        digest=same,
        defaults={"used_at": now},
        create_defaults=written | {"used_at": now},
    )
    newest = addresses_of(owner_id).values_list("pk", flat=True)[:MOST_KEPT]
    addresses_of(owner_id).exclude(pk__in=list(newest)).delete()
    return kept


def forget_address(*, owner_id: int, pk: int) -> None:
    """Remove an address; orders that went there keep theirs. One that is gone is no error."""
    addresses_of(owner_id).filter(pk=pk).delete()
