"""Whose token is it? The rules of simplejwt for the tokens we issue, without its objects.

A tap is a buyer's first request here more often than not, so remembering tokens would not
help, and the library's own check costs as much as the order. A token that is not plainly good
is left to the web server, which can say why. A test holds this to `TokenAuthentication`.
"""

import hmac
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode

import orjson
from django.conf import settings

_KEY = str(settings.SIMPLE_JWT["SIGNING_KEY"]).encode()
_HEADER = urlsafe_b64encode(b'{"alg":"HS256","typ":"JWT"}').rstrip(b"=")
_ACCESS = "access"  # the type of a token
_CLAIMS = {"token_type", "exp", "iat", "jti", "user_id"}


def buyer_of(authorization: bytes) -> int | None:
    """The user id in `Bearer …`; None unless token and signature are beyond doubt."""
    scheme, _, token = authorization.partition(b" ")
    signed, _, signature = token.rpartition(b".")
    header, _, payload = signed.partition(b".")
    if scheme != b"Bearer" or header != _HEADER:
        return None
    if not hmac.compare_digest(signature, _encoded(hmac.digest(_KEY, signed, "sha256"))):
        return None
    return _buyer(orjson.loads(urlsafe_b64decode(payload + b"==")), time.time())


def _buyer(claims: dict[str, object], now: float) -> int | None:
    expires, issued, user_id = claims.get("exp"), claims.get("iat"), claims.get("user_id")
    if claims.keys() != _CLAIMS or claims["token_type"] != _ACCESS:
        return None
    if not isinstance(expires, int) or not isinstance(issued, int) or not issued <= now < expires:
        return None
    digits = str(user_id)
    return int(digits) if digits.isdecimal() and len(digits) < 19 else None


def _encoded(signature: bytes) -> bytes:
    return urlsafe_b64encode(signature).rstrip(b"=")
