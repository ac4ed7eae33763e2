"""The one exception a use case raises when a rule of the domain says no."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

from django.db import IntegrityError, transaction
from django.utils.functional import Promise


class DomainError(Exception):
    """A refusal with a stable `code`, an HTTP `status` and a `sentence` for the user.

    `detail` carries machine-readable facts (ids, amounts) into the API's problem body.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    sentence: ClassVar[str | Promise] = ""

    def __init__(self, **detail: Any) -> None:
        super().__init__(f"{self.code} {detail}" if detail else self.code)
        self.detail = detail

    def __str__(self) -> str:
        return str(self.sentence)


@contextmanager
def constraint_errors(errors: Mapping[str, Callable[[], DomainError]]) -> Iterator[None]:
    """Run the block in a savepoint; turn a broken constraint, by its name, into its error."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnostics = getattr(error.__cause__, "diag", None)
        refusal = errors.get(getattr(diagnostics, "constraint_name", None) or "")
        if refusal is None:
            raise
        raise refusal() from error
