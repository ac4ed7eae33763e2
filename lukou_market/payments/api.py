"""Paying, asking for money back, and Stripe's webhooks, over HTTP."""

from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from lukou_market.accounts.tokens import caller_id
from lukou_market.addresses.errors import PlaceUnclear
from lukou_market.kernel.schema import problems_for
from lukou_market.orders.address import Address
from lukou_market.orders.errors import (
    NotDelivered,
    OrderNotFound,
    TotalChanged,
    VoucherBudgetSpent,
    VoucherNeedsMore,
    VoucherNotValid,
    VoucherUsedUp,
)
from lukou_market.payments.errors import (
    BadSignature,
    NotRefundable,
    OrderNotPayable,
    PaymentDisputed,
    RefundInProgress,
    RefundTooLarge,
    StripeRefused,
    StripeUnavailable,
)
from lukou_market.payments.open_checkout import open_checkout
from lukou_market.payments.queries import own_refunds
from lukou_market.payments.receive_webhook import receive_webhook
from lukou_market.payments.request_refund import request_refund
from lukou_market.payments.serializers import (
    CheckoutAnswer,
    CheckoutBody,
    RefundBody,
    RefundSerializer,
)


class CheckoutView(APIView):
    """Pay for an order on Stripe's page."""

    @extend_schema(
        operation_id="orders_checkout",
        request=CheckoutBody,
        responses={
            201: CheckoutAnswer,
            **problems_for(
                OrderNotFound, OrderNotPayable, PlaceUnclear, NotDelivered, TotalChanged,
                VoucherNotValid, VoucherNeedsMore, VoucherUsedUp, VoucherBudgetSpent,
                StripeUnavailable, StripeRefused,
            ),
        },
    )  # fmt: skip
    def post(self, request: Request, number: str) -> Response:
        """Give the address and get a payment page; every call opens another one."""
        body = CheckoutBody(data=request.data)
        body.is_valid(raise_exception=True)
        payment = open_checkout(
            buyer_id=caller_id(request),
            number=number,
            address=Address(**body.validated_data.pop("address")),
            **body.validated_data,
            now=timezone.now(),
        )
        return Response({"checkout_url": payment.checkout_url}, status=201)


class RefundsView(APIView):
    """The refunds of an order."""

    @extend_schema(
        operation_id="orders_refunds_list",
        responses={200: RefundSerializer(many=True), **problems_for(OrderNotFound)},
    )
    def get(self, request: Request, number: str) -> Response:
        """My order's refunds, newest first."""
        refunds = own_refunds(buyer_id=caller_id(request), number=number)
        return Response(RefundSerializer(refunds, many=True).data)

    @extend_schema(
        operation_id="orders_refunds_request",
        request=RefundBody,
        responses={
            201: RefundSerializer,
            **problems_for(
                OrderNotFound, NotRefundable, PaymentDisputed, RefundInProgress, RefundTooLarge
            ),
        },
    )
    def post(self, request: Request, number: str) -> Response:
        """Ask for money back: all that is left, or a part of it."""
        body = RefundBody(data=request.data)
        body.is_valid(raise_exception=True)
        refund = request_refund(
            buyer_id=caller_id(request), number=number, now=timezone.now(), **body.validated_data
        )
        return Response(RefundSerializer(refund).data, status=201)


class StripeWebhookView(APIView):
    """Where Stripe delivers its events."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="webhooks_stripe",
        request=OpenApiTypes.OBJECT,
        parameters=[
            OpenApiParameter("Stripe-Signature", str, OpenApiParameter.HEADER, required=True)
        ],
        responses={200: OpenApiTypes.OBJECT, **problems_for(BadSignature)},
    )
    def post(self, request: Request) -> Response:
        """Keep a signed event; a worker does what it asks for."""
        signature = request.headers.get("Stripe-Signature", "")
        receive_webhook(payload=request.body, signature=signature, now=timezone.now())
        return Response({"received": True})
