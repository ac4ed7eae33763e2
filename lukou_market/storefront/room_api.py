"""What a live room polls, over HTTP, open to everybody."""

from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from lukou_market.kernel.schema import problems_for
from lukou_market.storefront.room_body import room_body
from lukou_market.storefront.room_serializers import RoomStateAnswer
from lukou_market.streams.errors import SessionNotFound
from lukou_market.streams.viewers import count_viewer
from lukou_market.streams.visitors import give_cookie, visitor_of


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
            count_viewer(session_id, visitor, timezone.now())
            if cookie:
                give_cookie(response, cookie)
        return get_conditional_response(request, etag=body.etag, response=response) or response
