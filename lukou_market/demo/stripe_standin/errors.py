"""Refusals, in the form Stripe gives them."""

from typing import Any


class ApiError(Exception):
    """A refusal with its HTTP status and the fields of Stripe's error body."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        fields = {"type": kind, "code": code, "message": message, "param": param}
        self.body: dict[str, Any] = {
            "error": {key: value for key, value in fields.items() if value is not None}
        }


class ParameterError(ApiError):
    """The request was malformed; Stripe doesn't keep such an answer under the idempotency key."""

    def __init__(self, message: str, *, param: str, code: str | None = None) -> None:
        super().__init__(400, message, code=code, param=param)


def no_such(kind: str, object_id: str, *, status: int = 404, param: str = "id") -> ApiError:
    """Status 404 when the id was in the path, 400 when it was a parameter."""
    message = f"No such {kind}: '{object_id}'"
    return ApiError(status, message, code="resource_missing", param=param)
