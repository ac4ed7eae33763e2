"""Whose token is it? The rules of simplejwt for the tokens we issue, without its objects.

The library's own check costs as much as the order. A token that is not plainly good is left to
the web server, which can say why. A test holds this to `TokenAuthentication`.
"""

import hmac
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from typing import NamedTuple

import orjson
from django.conf import settings

_KEY = str(settings.SIMPLE_JWT["SIGNING_KEY"]).encode()
_HEADER = urlsafe_b64encode(b'{"alg":"HS256","typ":"JWT"}').rstrip(b"=")
_ACCESS = "access"  # the type of a token
_CLAIMS = {"token_type", "exp", "iat", "jti", "user_id"}


class _Claims(NamedTuple):
    buyer_id: int
    issued: int
    expires: int


def buyer_of(authorization: bytes) -> int | None:
    """The user id in `Bearer …`; None unless token and signature are beyond doubt."""
    claims = _signed_claims(authorization)
    return claims.buyer_id if claims and claims.issued <= time.time() < claims.expires else None


@lru_cache(maxsize=65536)  # who is refused taps again; what was signed stays signed
def _signed_claims(authorization: bytes) -> _Claims | None:
    scheme, _, token = authorization.partition(b" ")
    signed, _, signature = token.rpartition(b".")
    header, _, payload = signed.partition(b".")
    if scheme != b"Bearer" or header != _HEADER:
        return None
    if not hmac.compare_digest(signature, _encoded(hmac.digest(_KEY, signed, "sha256"))):
        return None
    return _claims(orjson.loads(urlsafe_b64decode(payload + b"==")))


def _claims(payload: dict[str, object]) -> _Claims | None:
    expires, issued, user_id = payload.get("exp"), payload.get("iat"), payload.get("user_id")
    if payload.keys() != _CLAIMS or payload["token_type"] != _ACCESS:
        return None
    if not isinstance(expires, int) or not isinstance(issued, int):
        return None
    digits = str(user_id)
    return (
        _Claims(int(digits), issued, expires) if digits.isdecimal() and len(digits) < 19 else None
    )


def _encoded(signature: bytes) -> bytes:
    return urlsafe_b64encode(signature).rstrip(b"=")
