"""Refusals of the domain, shown to a person instead of an error page."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest, JsonResponse

from lukou_market.kernel.errors import DomainError
from lukou_market.kernel.problems import CONTENT_TYPE, problem


@contextmanager
def refusal_shown(request: HttpRequest) -> Iterator[None]:
    """Run the block; a DomainError ends it and its sentence greets the next page."""
    try:
        yield
    except DomainError as refusal:
        messages.error(request, str(refusal))


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, by `Accept: application/json`, and not a page's plain form."""
    wanted = request.get_preferred_type(["text/html", "application/json"])
    return wanted == "application/json"


def refusal_in_json(refusal: DomainError) -> JsonResponse:
    """The refusal for a script of a page: the same problem+json as the API's."""
    body = problem(
        status=refusal.status, code=refusal.code, sentence=str(refusal), **refusal.detail
    )
    return JsonResponse(body, status=refusal.status, content_type=CONTENT_TYPE)
