"""Signing in over HTTP: a code to the phone, tokens for the code."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from lukou_market.accounts.errors import (
    AccountClosed,
    CodeWrong,
    MessageNotSent,
    PhoneWrong,
    RefreshRefused,
)
from lukou_market.accounts.exchange_code import exchange_code
from lukou_market.accounts.send_code import VALID_FOR, send_code
from lukou_market.accounts.serializers import (
    CodeAnswer,
    CodeBody,
    RefreshAnswer,
    RefreshBody,
    TokensAnswer,
    TokensBody,
)
from lukou_market.accounts.throttles import CodesPerAddress, CodesPerPhone
from lukou_market.accounts.tokens import issue_tokens, renew_access
from lukou_market.kernel.schema import TooManyRequests, problems_for


class _SignInView(APIView):
    """Open to everybody; a token that came along, good or bad, is not looked at."""

    authentication_classes = ()
    permission_classes = (AllowAny,)


class CodesView(_SignInView):
    """One-time codes."""

    throttle_classes = (CodesPerPhone, CodesPerAddress)

    @extend_schema(
        operation_id="auth_send_code",
        request=CodeBody,
        responses={202: CodeAnswer, **problems_for(PhoneWrong, TooManyRequests, MessageNotSent)},
    )
    def post(self, request: Request) -> Response:
        """Send a code to a phone; it ends the codes sent before."""
        send_code(phone=_valid(CodeBody, request)["phone"], now=timezone.now())
        return Response({"expires_in": int(VALID_FOR.total_seconds())}, status=202)


class TokensView(_SignInView):
    """Tokens for a code."""

    @extend_schema(
        operation_id="auth_exchange_code",
        request=TokensBody,
        responses={200: TokensAnswer, **problems_for(PhoneWrong, CodeWrong, AccountClosed)},
    )
    def post(self, request: Request) -> Response:
        """Sign in with the code; a code works once."""
        user = exchange_code(**_valid(TokensBody, request), now=timezone.now())
        return Response(issue_tokens(user))


class RefreshView(_SignInView):
    """The next access token."""

    @extend_schema(
        operation_id="auth_renew_access",
        request=RefreshBody,
        responses={200: RefreshAnswer, **problems_for(RefreshRefused)},
    )
    def post(self, request: Request) -> Response:
        """Renew the access token."""
        return Response(renew_access(_valid(RefreshBody, request)["refresh"]))


def _valid(body: type[Serializer[Any]], request: Request) -> dict[str, Any]:
    serializer = body(data=request.data)
    serializer.is_valid(raise_exception=True)
    valid: dict[str, Any] = serializer.validated_data
    return valid
