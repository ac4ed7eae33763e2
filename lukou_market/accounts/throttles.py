"""The limits on codes as DRF throttles: 429 with Retry-After."""

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from lukou_market.accounts.code_limits import address_wait_s, phone_wait_s


class CodesPerPhone(BaseThrottle):
    """`settings.SIGN_IN_CODES_PER_HOUR_PER_PHONE`."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        body = request.data if isinstance(request.data, dict) else {}
        self._wait_s = phone_wait_s(str(body.get("phone", "")))
        return self._wait_s == 0

    def wait(self) -> float:
        return self._wait_s


class CodesPerAddress(BaseThrottle):
    """`settings.SIGN_IN_CODES_PER_HOUR_PER_ADDRESS`."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        self._wait_s = address_wait_s(self.get_ident(request) or "unknown")
        return self._wait_s == 0

    def wait(self) -> float:
        return self._wait_s
