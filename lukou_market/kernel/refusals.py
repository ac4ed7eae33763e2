"""Refusals of the domain, shown to a person instead of an error page."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest

from lukou_market.kernel.errors import DomainError


@contextmanager
def refusal_shown(request: HttpRequest) -> Iterator[None]:
    """Run the block; a DomainError ends it and its sentence greets the next page."""
    try:
        yield
    except DomainError as refusal:
        messages.error(request, str(refusal))
