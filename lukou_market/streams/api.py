"""Live sessions over HTTP, open to everybody."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from lukou_market.kernel.errors import DomainError
from lukou_market.kernel.schema import problems_for
from lukou_market.streams.errors import SessionNotFound
from lukou_market.streams.models import LiveSession
from lukou_market.streams.queries import listed_sessions, session_with_offers
from lukou_market.streams.serializers import (
    LiveSessionSerializer,
    LiveSessionWithOffersSerializer,
)


class NoSuchPage(DomainError):
    """Documents the 404 of the paginator."""

    code = "not_found"
    status = 404


class LiveSessionsView(ListAPIView[LiveSession]):
    """The programme."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    serializer_class = LiveSessionSerializer
    pagination_class = PageNumberPagination  # a cursor can't follow three kinds of order

    def get_queryset(self) -> Any:
        return listed_sessions()

    @extend_schema(
        operation_id="live_sessions_list",
        responses={200: LiveSessionSerializer(many=True), **problems_for(NoSuchPage)},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Sessions: live, then scheduled (soonest first), then ended (latest first)."""
        return self.list(request)


class LiveSessionView(APIView):
    """One session."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="live_sessions_retrieve",
        responses={200: LiveSessionWithOffersSerializer, **problems_for(SessionNotFound)},
    )
    def get(self, request: Request, session_id: int) -> Response:
        """A session with its offers."""
        return Response(LiveSessionWithOffersSerializer(session_with_offers(session_id)).data)
