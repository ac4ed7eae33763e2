"""The buyer confirms the receipt over HTTP."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from lukou_market.accounts.tokens import caller_id
from lukou_market.fulfilment.errors import NotShipped
from lukou_market.fulfilment.receive_order import receive_order
from lukou_market.kernel.schema import problems_for
from lukou_market.orders.errors import OrderNotFound
from lukou_market.orders.queries import own_order
from lukou_market.orders.serializers import OrderSerializer


class ReceiptView(APIView):
    """The receipt of an order."""

    @extend_schema(
        operation_id="orders_receipt",
        request=None,
        responses={200: OrderSerializer, **problems_for(OrderNotFound, NotShipped)},
    )
    def post(self, request: Request, number: str) -> Response:
        """I have received it; repeating it changes nothing."""
        buyer_id = caller_id(request)
        receive_order(buyer_id=buyer_id, number=number, now=timezone.now())
        return Response(OrderSerializer(own_order(buyer_id=buyer_id, number=number)).data)
