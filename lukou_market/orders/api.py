"""The buyer's orders over HTTP."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle, UserRateThrottle
from rest_framework.views import APIView

from lukou_market.accounts.tokens import caller_id
from lukou_market.kernel.schema import TooManyRequests, problems_for
from lukou_market.orders.cancel_order import cancel_order
from lukou_market.orders.count_taps import count_taps
from lukou_market.orders.errors import (
    REFUSALS,
    Busy,
    IdempotencyKeyMissing,
    OrderNotCancellable,
    OrderNotFound,
)
from lukou_market.orders.models import Order
from lukou_market.orders.place_order import place_order
from lukou_market.orders.queries import orders_of, own_order
from lukou_market.orders.serializers import (
    LONGEST_KEY,
    OrderSerializer,
    PlacedOrderAnswer,
    PlaceOrderBody,
)


class OrdersPerBuyer(UserRateThrottle):
    """`settings.ORDERS_PER_MINUTE_PER_BUYER`; a person's thumb stays far below it."""

    scope = "orders_per_buyer"


class OrdersView(ListAPIView[Order]):
    """The buyer's orders."""

    serializer_class = OrderSerializer

    def get_queryset(self) -> Any:
        return orders_of(caller_id(self.request))

    def get_throttles(self) -> list[BaseThrottle]:
        return [OrdersPerBuyer()] if self.request.method == "POST" else []

    @extend_schema(operation_id="orders_list", responses={200: OrderSerializer(many=True)})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """My orders, newest first."""
        return self.list(request)

    @extend_schema(
        operation_id="orders_place",
        request=PlaceOrderBody,
        parameters=[
            OpenApiParameter(
                "Idempotency-Key",
                {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
                OpenApiParameter.HEADER,
                required=True,
                description="Chosen by the caller; the same key and body give the same order.",
            ),
            OpenApiParameter(
                "Idempotent-Replayed",
                {"type": "string", "enum": ["true"]},
                OpenApiParameter.HEADER,
                response=[201],
                description="Set when the order had been placed before with this key.",
            ),
        ],
        responses={
            201: PlacedOrderAnswer,
            **problems_for(IdempotencyKeyMissing, TooManyRequests, Busy, *REFUSALS.values()),
        },
    )
    def post(self, request: Request) -> Response:
        """Order units of an offer: reserves them for fifteen minutes."""
        key = _idempotency_key(request)
        body = PlaceOrderBody(data=request.data)
        body.is_valid(raise_exception=True)
        now, offer_id = timezone.now(), body.validated_data["offer"]
        count_taps({(offer_id, now): 1})
        placed = place_order(
            buyer_id=caller_id(request),
            key=key,
            offer_id=offer_id,
            quantity=body.validated_data["quantity"],
            shown_total_fen=body.validated_data["shown_total_fen"],
            now=now,
        )
        headers = {"Idempotent-Replayed": "true"} if placed.replayed else {}
        return Response(PlacedOrderAnswer(placed).data, status=201, headers=headers)


def _idempotency_key(request: Request) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not 0 < len(key) <= LONGEST_KEY or "\0" in key:
        raise IdempotencyKeyMissing
    return key


class OrderView(APIView):
    """One order of the buyer."""

    @extend_schema(responses={200: OrderSerializer, **problems_for(OrderNotFound)})
    def get(self, request: Request, number: str) -> Response:
        """My order."""
        return Response(OrderSerializer(own_order(buyer_id=caller_id(request), number=number)).data)


class CancelOrderView(APIView):
    """Cancel an order that waits for payment."""

    @extend_schema(
        request=None,
        responses={200: OrderSerializer, **problems_for(OrderNotFound, OrderNotCancellable)},
    )
    def post(self, request: Request, number: str) -> Response:
        """Cancel; repeating it changes nothing."""
        cancel_order(buyer_id=caller_id(request), number=number, now=timezone.now())
        return Response(OrderSerializer(own_order(buyer_id=caller_id(request), number=number)).data)
