"""The trace of an order over HTTP."""

from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from lukou_market.accounts.tokens import caller_id
from lukou_market.aid.trace import trace_order
from lukou_market.kernel.schema import problems_for
from lukou_market.orders.errors import OrderNotFound
from lukou_market.orders.queries import own_order


class TraceRowSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(["producer", "household"])
    name = serializers.CharField(help_text="A household's name is masked.")
    village = serializers.CharField()
    mechanism = serializers.CharField(allow_blank=True)
    income_kind = serializers.CharField(allow_blank=True)
    amount_fen = serializers.IntegerField(help_text="After refunds.")
    refunded_fen = serializers.IntegerField()


class OrderTraceSerializer(serializers.Serializer[Any]):
    """Rows sum to `net_fen`; net and refunds sum to the total."""

    number = serializers.CharField()
    basis = serializers.ChoiceField(["planned", "pending", "credited"])
    total_fen = serializers.IntegerField()
    refunded_fen = serializers.IntegerField()
    net_fen = serializers.IntegerField()
    rows = TraceRowSerializer(many=True)


class OrderTraceView(APIView):
    """Where each fen of the buyer's order went."""

    @extend_schema(responses={200: OrderTraceSerializer, **problems_for(OrderNotFound)})
    def get(self, request: Request, number: str) -> Response:
        """Follow my order's fen to the households."""
        order = own_order(buyer_id=caller_id(request), number=number)
        return Response(OrderTraceSerializer(asdict(trace_order(order=order))).data)
