"""Traces over HTTP: where an order's fen went, and what a household's total is made of."""

from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from lukou_market.accounts.models import User
from lukou_market.accounts.tokens import TokenAuthentication, caller_id
from lukou_market.aid.errors import HouseholdNotFound
from lukou_market.aid.household_selection import Selection
from lukou_market.aid.serializers import (
    HouseholdTraceSerializer,
    OrderTraceSerializer,
    SelectionSerializer,
)
from lukou_market.aid.trace_household import Position, trace_household
from lukou_market.aid.who_may_trace import household_of, trace_of_order
from lukou_market.kernel.schema import InvalidQuery, problems_for
from lukou_market.orders.errors import OrderNotFound
from lukou_market.regions.desk import NOBODYS, Desk, desk_of


class _ForCadresToo(APIView):
    """Cadres come with their session of the admin; a token proves a phone, and opens no desk."""

    authentication_classes = (TokenAuthentication, SessionAuthentication)

    def caller(self, request: Request) -> tuple[int, Desk]:
        """The user's id and their desk."""
        if isinstance(request.user, User):
            return request.user.pk, desk_of(request._request)
        return caller_id(request), NOBODYS


class OrderTraceView(_ForCadresToo):
    """Where each fen of an order went."""

    @extend_schema(responses={200: OrderTraceSerializer, **problems_for(OrderNotFound)})
    def get(self, request: Request, number: str) -> Response:
        """Follow an order's fen to the households.

        Buyers follow their own orders; cadres those of producers or households of their region.
        """
        user_id, desk = self.caller(request)
        trace = trace_of_order(number=number, buyer_id=user_id, desk=desk)
        return Response(OrderTraceSerializer(trace).data)


class HouseholdTraceView(_ForCadresToo):
    """What a household's total is made of."""

    @extend_schema(
        operation_id="households_trace",
        parameters=[SelectionSerializer],
        responses={200: HouseholdTraceSerializer, **problems_for(HouseholdNotFound, InvalidQuery)},
    )
    def get(self, request: Request, number: str) -> Response:
        """Follow a household's total back to every order line, newest first.

        For cadres, and households of their region only.
        """
        _, desk = self.caller(request)
        household = household_of(number=number, desk=desk)
        asked = SelectionSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        selection, after = _read(asked.validated_data)
        trace = trace_household(household=household, selection=selection, after=after)
        body = {
            "number": household.number,
            "first_month": selection.first_month,
            "last_month": selection.last_month,
            "totals": trace.totals,
            "batches": trace.batches,
            "next": str(trace.next) if trace.next else None,
        }
        return Response(HouseholdTraceSerializer(body).data)


def _read(asked: dict[str, Any]) -> tuple[Selection, Position | None]:
    first = date.fromisoformat(f"{asked['first_month']}-01")
    last = date.fromisoformat(f"{asked['last_month']}-01") if "last_month" in asked else first
    after = Position.read(asked["after"]) if asked["after"] else None
    return Selection(first, last, asked["channel"], asked["income_kind"]), after
