"""A buyer's bank takes a payment back: opened, answered, won or lost."""

from . import objects
from .account import Account
from .errors import ApiError, ParameterError, no_such
from .store import Json

_OPEN = ("needs_response", "under_review")
ENDS = ("won", "lost", "warning_closed")


def open_dispute(
    account: Account, intent_id: str, *, amount: int | None, reason: str, inquiry: bool
) -> Json:
    """Dispute what the charge has not given back, or `amount` fen of the charge.

    An inquiry moves no money until it is escalated. Raises ApiError.
    """
    charge = _charge_of(account, intent_id)
    amount = charge["amount"] - charge["amount_refunded"] if amount is None else amount
    if not 0 < amount <= charge["amount"]:
        raise ParameterError(f"Invalid amount: {amount}", param="amount")
    status = "warning_needs_response" if inquiry else "needs_response"
    dispute = account.store.put(
        objects.dispute(charge, amount=amount, reason=reason, status=status, created=account.now())
    )
    account.store.put({**charge, "disputed": True})
    account.emit("charge.dispute.created", dispute)
    return dispute if inquiry else _withdraw(account, dispute)


def escalate_dispute(account: Account, dispute_id: str) -> Json:
    """An inquiry becomes a dispute: now the money goes. Raises ApiError 400 for another."""
    dispute = _in_status(account, dispute_id, "warning_needs_response", "warning_under_review")
    dispute |= {"status": "needs_response", "is_charge_refundable": False}
    account.emit("charge.dispute.updated", account.store.put(dispute))
    return _withdraw(account, dispute)


def answer_dispute(account: Account, dispute_id: str) -> Json:
    """We have sent evidence: the bank looks at it."""
    dispute = _in_status(account, dispute_id, "needs_response", "warning_needs_response")
    warned = dispute["status"].startswith("warning")
    details = {**dispute["evidence_details"], "has_evidence": True, "submission_count": 1}
    dispute |= {
        "evidence_details": details,
        "status": "warning_under_review" if warned else "under_review",
    }
    account.emit("charge.dispute.updated", account.store.put(dispute))
    return dispute


def close_dispute(account: Account, dispute_id: str, status: str) -> Json:
    """The bank has decided: won gives the money back, lost keeps it, a fee is never returned.

    An inquiry ends as warning_closed. Raises ApiError 400 when it is decided already.
    """
    warned = ("warning_needs_response", "warning_under_review")
    dispute = _in_status(account, dispute_id, *(warned if status == ENDS[2] else _OPEN))
    dispute["status"] = status
    account.emit("charge.dispute.closed", account.store.put(dispute))
    if status != "won":
        return dispute
    charge = account.get("charge", dispute["charge"])
    account.store.put({**charge, "disputed": False})
    dispute = _move(account, dispute, category="dispute_reversal", amount=dispute["amount"], fee=0)
    account.emit("charge.dispute.funds_reinstated", dispute)
    return dispute


def is_disputed(account: Account, charge: Json) -> bool:
    """Whether a bank is deciding on the charge's money."""
    return any(dispute["status"] in _OPEN for dispute in _of_charge(account, charge))


def charged_back(account: Account, charge: Json) -> int:
    """What lost disputes have taken of the charge."""
    disputes = _of_charge(account, charge)
    return sum(dispute["amount"] for dispute in disputes if dispute["status"] == "lost")


def _of_charge(account: Account, charge: Json) -> list[Json]:
    disputes = account.store.newest_first("dispute")
    return [dispute for dispute in disputes if dispute["charge"] == charge["id"]]


def _withdraw(account: Account, dispute: Json) -> Json:
    fee, amount = account.dispute_fee, -dispute["amount"]
    dispute = _move(account, dispute, category="dispute", amount=amount, fee=fee)
    account.emit("charge.dispute.funds_withdrawn", dispute)
    return dispute


def _move(account: Account, dispute: Json, *, category: str, amount: int, fee: int) -> Json:
    movement = objects.balance_transaction(
        dispute,
        category=category,
        by_card=True,
        amount=amount,
        fee=fee,
        created=account.now(),
        fee_for="Dispute fee",
    )
    account.store.put(movement)
    moved = [*dispute["balance_transactions"], movement]
    return account.store.put({**dispute, "balance_transactions": moved})


def _charge_of(account: Account, intent_id: str) -> Json:
    intent = account.store.get("payment_intent", intent_id)
    if intent is None:
        raise no_such("payment_intent", intent_id, status=400, param="payment_intent")
    if intent["latest_charge"] is None:
        raise ApiError(400, f"This PaymentIntent ({intent_id}) has no successful charge.")
    return account.get("charge", intent["latest_charge"])


def _in_status(account: Account, dispute_id: str, *statuses: str) -> Json:
    """A copy of the dispute."""
    dispute = account.get("dispute", dispute_id)
    if dispute["status"] not in statuses:
        raise ApiError(400, f"Dispute {dispute_id} has a status of `{dispute['status']}`.")
    return dict(dispute)
