"""Money that goes to the bank: automatic payouts of the whole balance, and fees of the month."""

from . import objects
from .account import Account
from .errors import ApiError
from .store import Json

_ITEMS = "standin.payout_items"


def pay_out(account: Account) -> Json:
    """Send everything that no payout has sent yet. Raises ApiError 400 when nothing is left."""
    sent = {one for items in account.store.newest_first(_ITEMS) for one in items["movements"]}
    movements = account.store.newest_first("balance_transaction")
    chosen = [one for one in movements if one["id"] not in sent]
    amount = sum(one["net"] for one in chosen)
    if amount <= 0:
        raise ApiError(400, "There is nothing to pay out.", code="balance_insufficient")
    payout = objects.payout(amount=amount, created=account.now())
    movement = _move(account, payout, category="payout", amount=-amount)
    payout["balance_transaction"] = movement
    items = [*(one["id"] for one in chosen), movement]
    account.store.put({"id": payout["id"], "object": _ITEMS, "movements": items})
    account.emit("payout.created", account.store.put(payout))
    return payout


def settle_payout(account: Account, payout_id: str, status: str) -> Json:
    """The payout arrived (paid), or came back from the bank (failed), even after it arrived.

    Raises ApiError 400 when that can't be.
    """
    payout = dict(account.get("payout", payout_id))
    if payout["status"] not in (("in_transit",) if status == "paid" else ("in_transit", "paid")):
        raise ApiError(400, f"Payout {payout_id} has a status of `{payout['status']}`.")
    payout["status"] = status
    if status == "failed":
        back = _move(account, payout, category="payout_reversal", amount=payout["amount"])
        payout |= {"failure_code": "account_closed", "failure_balance_transaction": back}
        payout["failure_message"] = "The bank account has been closed."
    account.emit(f"payout.{status}", account.store.put(payout))
    return payout


def charge_fee(account: Account, amount: int, description: str) -> Json:
    """Stripe takes a fee that belongs to no charge."""
    return account.store.put(
        objects.balance_transaction(
            {"description": description},
            category="fee",
            by_card=True,
            amount=-amount,
            fee=0,
            created=account.now(),
        )
    )


def sent_with(account: Account, payout_id: str) -> set[str]:
    """The movements a payout sent, its own among them."""
    items = account.store.get(_ITEMS, payout_id)
    return set(items["movements"]) if items else set()


def _move(account: Account, payout: Json, *, category: str, amount: int) -> str:
    movement = objects.balance_transaction(
        payout, category=category, by_card=True, amount=amount, fee=0, created=account.now()
    )
    return str(account.store.put(movement)["id"])
