"""A checkout session's life: created, then paid, declined or expired."""

from . import objects
from .account import Account
from .errors import ApiError, ParameterError
from .store import Json

MIN_LIFE_S = 30 * 60
MAX_LIFE_S = 24 * 3600
MAX_AMOUNT = 99_999_999


def create_session(account: Account, params: Json) -> Json:
    _check_expiry(params.get("expires_at"), now=account.now())
    _check_methods(params)
    items = params["line_items"]
    amount = sum(item["price_data"]["unit_amount"] * item.get("quantity", 1) for item in items)
    if not 0 < amount <= MAX_AMOUNT:
        code = "amount_too_large" if amount else "amount_too_small"
        raise ParameterError(f"Invalid total: {amount}", param="line_items", code=code)
    session = objects.checkout_session(
        params, amount=amount, created=account.now(), pay_url=f"{account.base_url}/pay/"
    )
    basket = {
        "id": session["id"],
        "object": "standin.basket",
        "items": items,
        "payment_intent_data": params.get("payment_intent_data", {}),
    }
    account.store.put(basket)
    return account.store.put(session)


def _check_expiry(expires_at: int | None, *, now: int) -> None:
    if expires_at is None:
        return
    if expires_at < now + MIN_LIFE_S:
        bound = "at least 30 minutes"
    elif expires_at > now + MAX_LIFE_S:
        bound = "less than 24 hours"
    else:
        return
    message = f"The `expires_at` timestamp must be {bound} from Checkout Session creation."
    raise ParameterError(message, param="expires_at")


def _check_methods(params: Json) -> None:
    methods = params.get("allowed_payment_method_types", ())
    if "wechat_pay" in methods and "wechat_pay" not in params.get("payment_method_options", {}):
        param = "payment_method_options[wechat_pay][client]"
        message = f"Missing required param: {param}."
        raise ParameterError(message, param=param, code="parameter_missing")


def current_session(account: Account, session_id: str) -> Json:
    """The session, expired first if its time has come. Raises ApiError 404."""
    session = account.get("checkout.session", session_id)
    if session["status"] == "open" and session["expires_at"] <= account.now():
        return _expire(account, session)
    return session


def expire_session(account: Account, session_id: str) -> Json:
    """Raises ApiError 400 when the session is complete or expired already."""
    session = current_session(account, session_id)
    if session["status"] != "open":
        raise ApiError(
            400,
            'Only Checkout Sessions with a status in ["open"] can be expired. '
            f"This Checkout Session has a status of `{session['status']}`.",
        )
    return _expire(account, session)


def expire_due_sessions(account: Account) -> None:
    for session in account.store.newest_first("checkout.session"):
        if session["status"] == "open" and session["expires_at"] <= account.now():
            _expire(account, session)


def _expire(account: Account, session: Json) -> Json:
    expired = account.store.put({**session, "status": "expired", "url": None})
    account.emit("checkout.session.expired", expired)
    return expired


def pay_session(account: Account, session: Json, method: str, payer: str = "") -> Json:
    """Pay an open session whole. A complete one is left alone: nobody pays twice."""
    if session["status"] != "open":
        return session
    intent = _attempted_intent(account, session)
    charge = _charge(account, intent, method, payer)
    intent |= {
        "amount_received": intent["amount"],
        "last_payment_error": None,
        "latest_charge": charge["id"],
        "payment_method": charge["payment_method"],
        "status": "succeeded",
    }
    paid = {
        **session,
        "customer_details": objects.customer_details(),
        "payment_intent": intent["id"],
        "payment_status": "paid",
        "status": "complete",
        "url": None,
    }
    for thing in (charge, intent, paid):
        account.store.put(thing)
    account.emit("charge.succeeded", charge)
    account.emit("payment_intent.succeeded", intent)
    account.emit("checkout.session.completed", paid)
    return paid


def _charge(account: Account, intent: Json, method: str, payer: str) -> Json:
    """A charge of the whole intent, booked on the balance less the fee, rounded half up."""
    now = account.now()
    charge = objects.charge(intent, method=method, created=now, payer=payer)
    movement = objects.balance_transaction(
        charge,
        category="charge",
        by_card=method == "card",
        amount=charge["amount"],
        fee=(charge["amount"] * account.fee_bp + 5000) // 10000,
        created=now,
    )
    account.store.put(movement)
    return {**charge, "balance_transaction": movement["id"]}


def decline_payment(account: Account, session: Json) -> Json:
    """The buyer tried and was refused; the session stays open for another attempt."""
    if session["status"] != "open":
        return session
    intent = _attempted_intent(account, session)
    intent["last_payment_error"] = objects.card_error()
    account.store.put(intent)
    account.emit("payment_intent.payment_failed", intent)
    return account.store.put({**session, "payment_intent": intent["id"]})


def _attempted_intent(account: Account, session: Json) -> Json:
    """A copy of the session's intent; Stripe makes it at the first attempt to pay."""
    if session["payment_intent"] is not None:
        return dict(account.get("payment_intent", session["payment_intent"]))
    data = account.get("standin.basket", session["id"])["payment_intent_data"]
    return objects.payment_intent(session, data, created=account.now())
