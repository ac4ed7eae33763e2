"""/_standin: the stand-in's own switches, in JSON; Stripe has nothing like them."""

import json
from collections.abc import Callable

from .account import Account
from .api import Answer, json_answer
from .disputes import ENDS, answer_dispute, close_dispute, escalate_dispute, open_dispute
from .errors import ApiError, ParameterError
from .payouts import charge_fee, pay_out, settle_payout
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
        case "POST", ["release"]:
            account.release()
            return {"owed_webhooks": account.owed()}
        case "POST", ["refunds_pending"]:
            pending = _field(body, "on", lambda value: isinstance(value, bool))
            account.set_refunds_pending(bool(pending))
            return {"on": pending}
        case "POST", ["refunds", refund_id, "settle"]:
            status = _field(body, "status", lambda value: value in ("succeeded", "failed"))
            return settle_refund(account, refund_id, str(status))
        case "POST", ["disputes", *rest]:
            return _dispute(account, rest, body)
        case "POST", ["payouts"]:
            return pay_out(account)
        case "POST", ["payouts", payout_id, "settle"]:
            status = _field(body, "status", lambda value: value in ("paid", "failed"))
            return settle_payout(account, payout_id, str(status))
        case "POST", ["fees"]:
            fee = _field(body, "amount", lambda value: type(value) is int and value > 0)
            return charge_fee(account, int(str(fee)), "Stripe fee")
    raise ApiError(404, f"Unrecognized request URL ({method}: /_standin/{'/'.join(steps)}).")


def _dispute(account: Account, steps: list[str], body: bytes) -> Json:
    match steps:
        case []:
            amount = _field(body, "amount", lambda value: value is None or type(value) is int)
            return open_dispute(
                account,
                str(_field(body, "payment_intent", lambda value: isinstance(value, str))),
                amount=None if amount is None else int(str(amount)),
                reason=str(_json(body).get("reason", "product_not_received")),
                inquiry=bool(_json(body).get("inquiry")),
            )
        case [dispute_id, "answer"]:
            return answer_dispute(account, dispute_id)
        case [dispute_id, "escalate"]:
            return escalate_dispute(account, dispute_id)
        case [dispute_id, "close"]:
            status = _field(body, "status", lambda value: value in ENDS)
            return close_dispute(account, dispute_id, str(status))
    raise ApiError(404, "Unrecognized request URL (POST: /_standin/disputes).")


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
