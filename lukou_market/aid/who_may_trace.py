"""Who may follow which fen: buyers their own orders, cadres what concerns their region."""

from lukou_market.aid.errors import HouseholdNotFound
from lukou_market.aid.trace import OrderTrace, trace_order
from lukou_market.households.models import Household
from lukou_market.orders.errors import OrderNotFound
from lukou_market.orders.models import Order
from lukou_market.regions.desk import Desk
from lukou_market.regions.jurisdiction import Jurisdiction


def trace_of_order(*, number: str, buyer_id: int, desk: Desk) -> OrderTrace:
    """The trace of the caller's own order, or of one that concerns their region.

    Raises OrderNotFound for every other order.
    """
    order = Order.objects.filter(number=number).first()
    if order is None:
        raise OrderNotFound
    trace = trace_order(order=order)
    if order.buyer_id != buyer_id and not concerns(trace, desk.jurisdiction):
        raise OrderNotFound
    return trace


def concerns(trace: OrderTrace, place: Jurisdiction) -> bool:
    """Whether a party of the order, producer or household, is of this place."""
    return any(place.covers(row.party.village_code) for row in trace.rows)


def household_of(*, number: str, desk: Desk) -> Household:
    """The household with this register number.

    Raises HouseholdNotFound when there is none in the desk's region.
    """
    rows = desk.jurisdiction.scope(Household.objects.select_related("village"), "village_id")
    household = rows.filter(number=number).first() if desk.is_manned else None
    if household is None:
        raise HouseholdNotFound
    return household
