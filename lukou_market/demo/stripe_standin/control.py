"""/_standin: the stand-in's own switches, in JSON; Stripe has nothing like them."""

import json
from collections.abc import Callable

from .account import Account
from .api import Answer, json_answer
from .errors import ApiError, ParameterError
from .refunds import settle_refund
from .store import Json


def control(account: Account, method: str, path: str, body: bytes) -> Answer:
    """Answer one call below /_standin."""
    try:
        with account.change():
            return json_answer(200, _act(account, method, path.split("/")[2:], body))
    except ApiError as error:
        return json_answer(error.status, error.body)


def _act(account: Account, method: str, steps: list[str], body: bytes) -> Json:
    match method, steps:
        case "GET", ["health"]:
            return {"status": "ok", "owed_webhooks": account.owed()}
        case "GET", ["misbehave"]:
            return account.misbehaviour()
        case "POST", ["misbehave"]:
            return account.misbehave(_json(body))
        case "POST", ["refunds_pending"]:
            pending = _field(body, "on", lambda value: isinstance(value, bool))
            account.set_refunds_pending(bool(pending))
            return {"on": pending}
        case "POST", ["refunds", refund_id, "settle"]:
            status = _field(body, "status", lambda value: value in ("succeeded", "failed"))
            return settle_refund(account, refund_id, str(status))
    raise ApiError(404, f"Unrecognized request URL ({method}: /_standin/{'/'.join(steps)}).")


def _field(body: bytes, name: str, fits: Callable[[object], bool]) -> object:
    value: object = _json(body).get(name)
    if not fits(value):
        raise ParameterError(f"Invalid {name}: {value!r}", param=name)
    return value


def _json(body: bytes) -> Json:
    try:
        given = json.loads(body or b"{}")
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise ApiError(400, "The body must be a JSON object.")
    return given
