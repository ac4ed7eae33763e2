"""What may be read of refunds, and by whom."""

from django.db.models import F, QuerySet

from lukou_market.orders.queries import own_order
from lukou_market.payments.models import Refund


def own_refunds(*, buyer_id: int, number: str) -> QuerySet[Refund]:
    """The refunds of the buyer's order, newest first. Raises OrderNotFound."""
    order = own_order(buyer_id=buyer_id, number=number)
    return Refund.objects.filter(payment__order=order).order_by("-id")


def is_going_back_whole(*, order_id: int) -> bool:
    """Whether all the money of the order is on its way back to the buyer."""
    on_its_way = Refund.objects.filter(
        payment__order_id=order_id,
        payment__applied=True,
        payment__refunding_fen=F("payment__amount_fen"),
        status__in=[Refund.Status.APPROVED, Refund.Status.SENT],
    )
    return on_its_way.exists()
