"""Error answers in the OpenAPI schema: each operation lists the codes it can refuse with."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers

from lukou_market.kernel.errors import DomainError


class Problem(serializers.Serializer[Any]):
    """An RFC 9457 problem with a stable code; further members state the error's facts."""

    type = serializers.CharField(help_text="urn:lukou:problem:<code>")
    title = serializers.CharField(help_text="A sentence for the user, in their language.")
    status = serializers.IntegerField()
    code = serializers.CharField(help_text="Stable; decide by this.")
    errors = serializers.DictField(  # type: ignore[assignment]  # shadows Serializer.errors
        required=False, help_text="For `invalid`: field → messages."
    )


class TooManyRequests(DomainError):
    """Documents the 429 that DRF's throttles raise."""

    code = "throttled"
    status = 429
    sentence = "Too many requests; see Retry-After."


class InvalidQuery(DomainError):
    """Documents the 400 for a query parameter that can't be read."""

    code = "invalid"
    status = 400
    sentence = "Some fields are missing or wrong."


def problems_for(*errors: type[DomainError]) -> dict[tuple[int, str], OpenApiResponse]:
    """Responses for `extend_schema`: the errors grouped by their HTTP status."""
    codes: dict[int, list[str]] = {}
    for error in errors:
        codes.setdefault(error.status, []).append(f"`{error.code}`")
    return {
        (status, "application/problem+json"): OpenApiResponse(Problem, " | ".join(names))
        for status, names in codes.items()
    }


def add_framework_errors(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Spectacular's post-processing hook: what the framework itself may answer.

    401 where a token is needed, 400 and 415 where a body is read, 404 where the address
    names something, 406 everywhere.
    """
    result["components"]["schemas"].setdefault("Problem", {"type": "object"})
    for operations in result["paths"].values():
        for operation in operations.values():
            for status, codes in _framework_errors(operation):
                answer = operation["responses"].setdefault(status, _response())
                answer["description"] = " | ".join(filter(None, [answer["description"], codes]))
    return result


def _framework_errors(operation: dict[str, Any]) -> list[tuple[str, str]]:
    errors = [("406", "`not_acceptable`")]
    if any(operation.get("security", ())):
        errors.append(("401", "`not_authenticated` | `token_not_valid`"))
    if "requestBody" in operation:
        errors += [("400", "`invalid` | `parse_error`"), ("415", "`unsupported_media_type`")]
    parameters = operation.get("parameters", [])
    if any(parameter["in"] == "path" or parameter["name"] == "cursor" for parameter in parameters):
        errors.append(("404", "`not_found`"))
    return errors


def _response() -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": "", "content": {"application/problem+json": {"schema": schema}}}
