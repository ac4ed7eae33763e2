"""Signed access tokens (JWT), checked without a query."""

from typing import Any, TypedDict

from django.utils.functional import cached_property
from drf_spectacular.contrib.rest_framework_simplejwt import SimpleJWTScheme
from rest_framework.request import Request
from rest_framework_simplejwt.authentication import JWTStatelessUserAuthentication
from rest_framework_simplejwt.exceptions import InvalidToken, TokenError
from rest_framework_simplejwt.models import TokenUser
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken, Token

from lukou_market.accounts.errors import RefreshRefused
from lukou_market.accounts.models import User


class Tokens(TypedDict):
    """What a program keeps after signing in; `expires_in` is the access token's life in seconds."""

    access: str
    refresh: str
    expires_in: int


class RenewedToken(TypedDict):
    """A new access token and its life in seconds."""

    access: str
    expires_in: int


class Caller(TokenUser):
    """Who sent a token: only the id is known, nothing is looked up."""

    @cached_property
    def id(self) -> int:  # type: ignore[override]  # the library says str
        return int(self.token[api_settings.USER_ID_CLAIM])


class TokenAuthentication(JWTStatelessUserAuthentication):
    """`Authorization: Bearer …`; `request.user.id` is the user's id, nothing is looked up."""

    def get_user(self, validated_token: Token) -> Any:
        """The `Caller`; a token without a numeric user id is not one of ours."""
        caller = Caller(validated_token)
        try:
            caller.id  # noqa: B018
        except (KeyError, ValueError, TypeError) as error:
            raise InvalidToken from error
        return caller


def caller_id(request: Request) -> int:
    """The id of the user whose token came with the request; for views that ask for one."""
    caller = request.user
    assert isinstance(caller, Caller)  # noqa: S101  # IsAuthenticated has seen to it
    return caller.id


class TokenScheme(SimpleJWTScheme):  # type: ignore[no-untyped-call]  # its registry
    """Tells the OpenAPI schema that TokenAuthentication is a bearer token."""

    target_class = "lukou_market.accounts.tokens.TokenAuthentication"


def issue_tokens(user: User) -> Tokens:
    """Tokens for a user who has just proved who they are."""
    refresh = _Refresh.for_user(user)
    refresh[_EPOCH] = user.sign_in_epoch
    return {"access": str(refresh.access_token), "refresh": str(refresh), "expires_in": _LIFE_S}


def renew_access(refresh: str) -> RenewedToken:
    """A new access token. Raises RefreshRefused, for users who were deactivated or have
    signed out everywhere too."""
    try:
        token: Any = _Refresh(refresh)  # type: ignore[arg-type]  # the library takes text
        user_id = int(token[api_settings.USER_ID_CLAIM])
        epoch = int(token.get(_EPOCH, 0))
    except (TokenError, KeyError, ValueError, TypeError) as error:
        raise RefreshRefused from error
    if not User.objects.filter(pk=user_id, is_active=True, sign_in_epoch=epoch).exists():
        raise RefreshRefused
    return {"access": str(token.access_token), "expires_in": _LIFE_S}


_EPOCH = "epoch"


class _Refresh(RefreshToken):
    """Says when its user last signed out everywhere. Access tokens don't: they end by themselves,
    and the gate, which looks no user up, takes only those it knows each claim of."""

    no_copy_claims = (  # type: ignore[assignment]  # the library's type counts its claims
        *RefreshToken.no_copy_claims,
        _EPOCH,
    )


_LIFE_S = int(AccessToken.lifetime.total_seconds())
