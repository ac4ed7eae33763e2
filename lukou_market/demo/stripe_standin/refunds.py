"""Giving money back, at once or after a wait that may end in failure."""

from . import objects
from .account import Account
from .disputes import charged_back, is_disputed
from .errors import ApiError, ParameterError, no_such
from .store import Json


def create_refund(account: Account, params: Json) -> Json:
    """Raises ApiError 400 when less than asked for is left on the charge, or it is disputed."""
    charge = _charge_to_refund(account, params)
    left = charge["amount"] - charge["amount_refunded"] - charged_back(account, charge)
    if is_disputed(account, charge) or left <= 0 < charge["amount"] - charge["amount_refunded"]:
        message = f"Charge {charge['id']} has been charged back; cannot issue a refund."
        raise ApiError(400, message, code="charge_disputed")
    if left == 0:
        message = f"Charge {charge['id']} has already been refunded."
        raise ApiError(400, message, code="charge_already_refunded")
    amount = params.get("amount", left)
    if amount > left:
        message = (
            f"Refund amount ({_yuan(amount)}) is greater than "
            f"unrefunded amount on charge ({_yuan(left)})"
        )
        raise ApiError(400, message, param="amount")
    status = "pending" if account.settings()["refunds_pending"] else "succeeded"
    refund = objects.refund(charge, params, amount=amount, status=status, created=account.now())
    if status == "pending":
        refund["pending_reason"] = "processing"
    refund["balance_transaction"] = _move(account, refund, category="refund", amount=-amount)
    account.store.put(refund)
    charge = _count_refunded(account, charge, amount)
    account.emit("refund.created", refund)
    account.emit("charge.refunded", charge)
    if status == "succeeded":
        account.emit("refund.updated", refund)
    return refund


def settle_refund(account: Account, refund_id: str, status: str) -> Json:
    """End a pending refund: succeeded, or failed, which returns the money to the balance.

    Raises ApiError 400 when it is not pending.
    """
    refund = dict(account.get("refund", refund_id))
    if refund["status"] != "pending":
        raise ApiError(400, f"Refund {refund_id} has a status of `{refund['status']}`.")
    del refund["pending_reason"]
    refund["status"] = status
    if status == "failed":
        refund["failure_reason"] = "declined"
        refund["failure_balance_transaction"] = _move(
            account, refund, category="refund_failure", amount=refund["amount"]
        )
        _count_refunded(account, account.get("charge", refund["charge"]), -refund["amount"])
    account.store.put(refund)
    account.emit("refund.updated", refund)
    if status == "failed":
        account.emit("refund.failed", refund)
    return refund


def _charge_to_refund(account: Account, params: Json) -> Json:
    charge_id, intent_id = params.get("charge"), params.get("payment_intent")
    if intent_id is not None:
        intent = account.store.get("payment_intent", intent_id)
        if intent is None:
            raise no_such("payment_intent", intent_id, status=400, param="payment_intent")
        if intent["latest_charge"] is None:
            message = (
                f"This PaymentIntent ({intent_id}) does not have a successful charge to refund."
            )
            raise ApiError(400, message, code="payment_intent_unexpected_state")
        if charge_id not in (None, intent["latest_charge"]):
            raise ParameterError("The charge is not the payment_intent's", param="charge")
        charge_id = intent["latest_charge"]
    if charge_id is None:
        message = "Provide one of the params: payment_intent or charge."
        raise ParameterError(message, param="payment_intent", code="parameter_missing")
    charge = account.store.get("charge", charge_id)
    if charge is None:
        raise no_such("charge", charge_id, status=400, param="charge")
    return charge


def _count_refunded(account: Account, charge: Json, amount: int) -> Json:
    refunded = charge["amount_refunded"] + amount
    changes = {"amount_refunded": refunded, "refunded": refunded == charge["amount"]}
    return account.store.put({**charge, **changes})


def _move(account: Account, refund: Json, *, category: str, amount: int) -> str:
    movement = objects.balance_transaction(
        refund,
        category=category,
        by_card=refund["destination_details"]["type"] == "card",
        amount=amount,
        fee=0,
        created=account.now(),
    )
    return str(account.store.put(movement)["id"])


def _yuan(fen: int) -> str:
    return f"¥{fen // 100}.{fen % 100:02d}"
