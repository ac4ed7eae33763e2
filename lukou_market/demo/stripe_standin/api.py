"""Stripe's /v1 calls: authentication, idempotency, routes."""

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from . import checkout, objects, parameters, payouts, refunds
from .account import Account
from .errors import ApiError, ParameterError
from .form import decode
from .listing import expand, page
from .store import Json
from .validate import Group


@dataclass(frozen=True)
class Answer:
    """An HTTP answer."""

    status: int
    body: bytes
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


def json_answer(status: int, body: Json) -> Answer:
    return Answer(status, json.dumps(body, ensure_ascii=False, indent=2).encode())


@dataclass(frozen=True)
class Call:
    """One request to /v1; `form` is the query of a GET or the body of a POST."""

    method: str
    path: str
    form: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class _Route:
    method: str
    path: re.Pattern[str]
    params: Group
    act: Callable[..., Json]


def _route(method: str, path: str, params: Group, act: Callable[..., Json]) -> _Route:
    pattern = re.compile(path.replace("{id}", r"([^/]+)"))
    return _Route(method, pattern, params, act)


def _retrieve(path: str, kind: str) -> _Route:
    def act(account: Account, params: Json, object_id: str) -> Json:
        return account.get(kind, object_id)

    return _route("GET", f"{path}/{{id}}", parameters.RETRIEVE, act)


def _list(path: str, kind: str, *filters: str) -> _Route:
    def act(account: Account, params: Json) -> Json:
        return page(account.store, kind, params, url=path, filters=filters)

    return _route("GET", path, parameters.listing(*filters), act)


def _balance(account: Account, params: Json) -> Json:
    movements = account.store.newest_first("balance_transaction")
    return objects.balance(sum(movement["net"] for movement in movements))


def _movements(account: Account, params: Json) -> Json:
    """The list of movements; `payout` keeps those that one payout sent."""
    payout_id = params.pop("payout", None)
    if payout_id is not None:
        account.get("payout", payout_id)
    sent = None if payout_id is None else payouts.sent_with(account, payout_id)
    filters = ("type", "source", "currency")
    return page(
        account.store, "balance_transaction", params, url=_MOVEMENTS, filters=filters, ids=sent
    )


def _session(account: Account, params: Json, session_id: str) -> Json:
    return checkout.current_session(account, session_id)


def _expire(account: Account, params: Json, session_id: str) -> Json:
    return checkout.expire_session(account, session_id)


_SESSIONS = "/v1/checkout/sessions"
_REFUNDS = "/v1/refunds"
_MOVEMENTS = "/v1/balance_transactions"
_ROUTES = (
    _route("POST", _SESSIONS, parameters.CREATE_SESSION, checkout.create_session),
    _route("POST", f"{_SESSIONS}/{{id}}/expire", parameters.RETRIEVE, _expire),
    _route("GET", f"{_SESSIONS}/{{id}}", parameters.RETRIEVE, _session),
    _list(_SESSIONS, "checkout.session", "payment_intent", "status"),
    _retrieve("/v1/payment_intents", "payment_intent"),
    _retrieve("/v1/charges", "charge"),
    _route("POST", _REFUNDS, parameters.CREATE_REFUND, refunds.create_refund),
    _retrieve(_REFUNDS, "refund"),
    _list(_REFUNDS, "refund", "payment_intent", "charge"),
    _retrieve(_MOVEMENTS, "balance_transaction"),
    _route(
        "GET", _MOVEMENTS, parameters.listing("type", "source", "currency", "payout"), _movements
    ),
    _retrieve("/v1/payouts", "payout"),
    _list("/v1/payouts", "payout", "status"),
    _retrieve("/v1/disputes", "dispute"),
    _list("/v1/disputes", "dispute", "payment_intent", "charge"),
    _route("GET", "/v1/balance", parameters.RETRIEVE, _balance),
    _retrieve("/v1/events", "event"),
    _list("/v1/events", "event", "type"),
)


class Api:
    """Answers /v1 calls on one account for holders of one secret key."""

    def __init__(self, account: Account, *, api_key: str) -> None:
        self._account = account
        self._api_key = api_key

    def answer(self, call: Call) -> Answer:
        request_id = objects.new_id("req")
        try:
            answer = self._authenticated(call, request_id)
        except ApiError as error:
            answer = json_answer(error.status, error.body)
        version = call.headers.get("Stripe-Version", objects.API_VERSION)
        headers = {"Request-Id": request_id, "Stripe-Version": version, **answer.headers}
        return Answer(answer.status, answer.body, answer.content_type, headers)

    def _authenticated(self, call: Call, request_id: str) -> Answer:
        given = _api_key(call.headers.get("Authorization", ""))
        if given != self._api_key:
            message = "You did not provide an API key."
            raise ApiError(401, f"Invalid API Key provided: {given[:8]}****" if given else message)
        key = call.headers.get("Idempotency-Key") if call.method == "POST" else None
        with self._account.change({"id": request_id, "idempotency_key": key}):
            return self._act(call) if key is None else self._act_once(call, key, request_id)

    def _act(self, call: Call) -> Answer:
        for route in _ROUTES:
            match = route.path.fullmatch(call.path)
            if match and route.method == call.method:
                params = route.params.read("", decode(call.form))
                paths = params.pop("expand", [])
                body = route.act(self._account, params, *match.groups())
                return json_answer(200, expand(self._account.store, body, paths))
        raise ApiError(404, f"Unrecognized request URL ({call.method}: {call.path}).")

    def _act_once(self, call: Call, key: str, request_id: str) -> Answer:
        earlier = self._account.store.get("standin.answer", key)
        if earlier is not None:
            return _replay(earlier, call)
        try:
            answer = self._act(call)
        except ParameterError:
            raise
        except ApiError as error:
            answer = json_answer(error.status, error.body)
        kept = {
            "id": key,
            "object": "standin.answer",
            "path": call.path,
            "params": decode(call.form),
            "status": answer.status,
            "body": answer.body.decode(),
            "request": request_id,
        }
        self._account.store.put(kept)
        return answer


def _replay(earlier: Json, call: Call) -> Answer:
    """The stored answer. Raises ApiError 400 idempotency_error when the request differs."""
    if earlier["path"] != call.path:
        use = f"for the same endpoint they were first used for ('{earlier['path']}')"
    elif earlier["params"] != decode(call.form):
        use = "with the same parameters they were first used with"
    else:
        headers = {"Idempotent-Replayed": "true", "Original-Request": earlier["request"]}
        return Answer(earlier["status"], earlier["body"].encode(), headers=headers)
    message = (
        f"Keys for idempotent requests can only be used {use}. Try using a key other than "
        f"'{earlier['id']}' if you meant to execute a different request."
    )
    raise ApiError(400, message, kind="idempotency_error")


def _api_key(authorization: str) -> str:
    scheme, _, credentials = authorization.partition(" ")
    if scheme == "Bearer":
        return credentials.strip()
    if scheme == "Basic":
        try:
            return base64.b64decode(credentials).decode().partition(":")[0]
        except (binascii.Error, UnicodeDecodeError):
            return ""
    return ""
