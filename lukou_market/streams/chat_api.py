"""Saying something in a room, over HTTP."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

from lukou_market.accounts.errors import AccountClosed
from lukou_market.accounts.models import User
from lukou_market.accounts.tokens import caller_id
from lukou_market.kernel.schema import TooManyRequests, problems_for
from lukou_market.streams import chat_errors
from lukou_market.streams.chat_queries import shown
from lukou_market.streams.errors import SessionNotFound
from lukou_market.streams.say import LONGEST, say


class SayBody(serializers.Serializer[Any]):
    """A message to say."""

    text = serializers.CharField(
        max_length=LONGEST, help_text="Shown on one line; no phone or other long numbers."
    )


class MessageAnswer(serializers.Serializer[Any]):
    """Somebody said something."""

    id = serializers.IntegerField()
    who = serializers.CharField(help_text="Masked, except the host.")
    text = serializers.CharField()
    said_at = serializers.DateTimeField()


class MessagesPerPerson(UserRateThrottle):
    """What `say` refuses by its own limits costs the database something; here it costs nothing."""

    scope = "messages_per_person"


class ChatView(APIView):
    """What is said in a room."""

    throttle_classes = (MessagesPerPerson,)

    @extend_schema(
        operation_id="live_sessions_say",
        request=SayBody,
        responses={
            201: MessageAnswer,
            **problems_for(
                SessionNotFound,
                AccountClosed,
                TooManyRequests,
                chat_errors.RoomNotOpen,
                chat_errors.MayNotChat,
                chat_errors.MessageLength,
                chat_errors.MessageNamesNumber,
                chat_errors.MessageRefused,
                chat_errors.TooManyMessages,
                chat_errors.MessageRepeated,
            ),
        },
    )
    def post(self, request: Request, session_id: int) -> Response:
        """Say something; all who watch read it at once. One message in two seconds."""
        body = SayBody(data=request.data)
        body.is_valid(raise_exception=True)
        author = User.objects.filter(pk=caller_id(request), is_active=True).first()
        if author is None:
            raise AccountClosed
        text = body.validated_data["text"]
        message = say(session_id=session_id, author=author, text=text, now=timezone.now())
        return Response(MessageAnswer(shown(message)).data, status=201)
