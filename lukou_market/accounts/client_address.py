"""Where a request comes from, as far as `settings.PROXIES` lets its headers say so."""

from typing import cast

from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle


def client_address(request: HttpRequest) -> str:
    """The API's own idea of it, so that pages and API count as one."""
    return BaseThrottle().get_ident(cast(Request, request)) or "unknown"
