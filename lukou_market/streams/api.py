"""Live sessions over HTTP, open to everybody."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
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
from lukou_market.streams.room_state import room_body
from lukou_market.streams.serializers import (
    LiveSessionSerializer,
    LiveSessionWithOffersSerializer,
    RoomStateAnswer,
)
from lukou_market.streams.viewers import count_viewer
from lukou_market.streams.visitors import give_cookie, visitor_of


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


class RoomStateView(APIView):
    """What a live room polls."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="live_sessions_state",
        parameters=[
            OpenApiParameter("If-None-Match", str, OpenApiParameter.HEADER),
            OpenApiParameter("ETag", str, OpenApiParameter.HEADER, response=[200, 304]),
        ],
        responses={
            200: RoomStateAnswer,
            304: OpenApiResponse(description="Nothing has changed since this ETag."),
            **problems_for(SessionNotFound),
        },
    )
    def get(self, request: Request, session_id: int) -> HttpResponseBase:
        """The state of the room, at most a second old; asking counts as watching."""
        body = room_body(session_id)
        headers = {"ETag": body.etag, "Cache-Control": "private, max-age=1"}
        response = HttpResponse(body.json, content_type="application/json", headers=headers)
        if body.running:
            visitor, cookie = visitor_of(request)
            count_viewer(session_id, visitor)
            if cookie:
                give_cookie(response, cookie)
        return get_conditional_response(request, etag=body.etag, response=response) or response
