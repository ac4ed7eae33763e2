"""`application/problem+json` answers (RFC 9457) with a stable `code` for every API error."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found, server_error
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler as drf_exception_handler
from rest_framework.views import set_rollback

from lukou_market.kernel.errors import DomainError

CONTENT_TYPE = "application/problem+json"


def problem(*, status: int, code: str, sentence: str, **detail: Any) -> dict[str, Any]:
    """The body of a refusal: RFC 9457 members plus our `code` and the error's own facts."""
    return {
        "type": f"urn:lukou:problem:{code}",
        "title": sentence,
        "status": status,
        "code": code,
        **detail,
    }


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's hook: domain errors, validation errors and HTTP errors in one shape."""
    if isinstance(error, DomainError):
        set_rollback()
        body = problem(status=error.status, code=error.code, sentence=str(error), **error.detail)
        return Response(body, status=error.status, content_type=CONTENT_TYPE)
    response = drf_exception_handler(error, context)
    if response is not None:
        response.data = _body_of(error, response)
        response.content_type = CONTENT_TYPE
    return response


def _body_of(error: Exception, response: Response) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        sentence = _("Some fields are missing or wrong.")
        return problem(
            status=response.status_code, code="invalid", sentence=sentence, errors=response.data
        )
    if isinstance(error, Http404):
        return problem(status=404, code="not_found", sentence=_("There is nothing here."))
    detail = getattr(error, "detail", "")
    code = getattr(detail, "code", None) or getattr(error, "default_code", "error")
    if isinstance(detail, dict):  # simplejwt answers with a dictionary
        code, detail = str(detail.get("code", code)), detail.get("detail", "")
    return problem(status=response.status_code, code=str(code), sentence=str(detail))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 for unknown addresses: problem+json below /api/, a page elsewhere."""
    if request.path.startswith("/api/"):
        body = problem(status=404, code="not_found", sentence=_("There is nothing here."))
        return JsonResponse(body, status=404, content_type=CONTENT_TYPE)
    return page_not_found(request, exception)


def crashed(request: HttpRequest) -> HttpResponse:
    """500: our mistake, said so in the shape the caller expects."""
    if request.path.startswith("/api/"):
        sentence = _("Something went wrong on our side. Please try again.")
        body = problem(status=500, code="internal_error", sentence=sentence)
        return JsonResponse(body, status=500, content_type=CONTENT_TYPE)
    return server_error(request)
