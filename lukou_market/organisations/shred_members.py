"""Take members' persons out of the lists that somebody who leaves has ordered for."""

from lukou_market.orders.shred_orders import SHREDDED
from lukou_market.organisations.models import MemberParcel


def shred_members(*, buyer_id: int) -> None:
    """Replace recipient, phone and address in all their lists; boxes and rows stay."""
    parcels = MemberParcel.objects.filter(group_order__order__buyer_id=buyer_id)
    parcels.update(recipient=SHREDDED, phone=SHREDDED, address=SHREDDED)
