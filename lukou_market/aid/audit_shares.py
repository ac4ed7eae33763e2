"""Work out every household's share again from the rules and hold it against the book."""

from collections import Counter
from collections.abc import Iterator

from django.db import connection

from lukou_market.aid.load_orders import load_orders
from lukou_market.aid.posting_rules import Batch, OrderHistory
from lukou_market.ledger.entries import Place
from lukou_market.orders.models import Order

_CHUNK = 500
_OF_PAYMENTS = ("stripe_clearing", "unapplied", "stripe_fees", "bank", "disputed", "dispute_losses")

_BALANCES = """
    SELECT account.kind, account.owner, account.part, sum(signed.fen) FROM (
        SELECT credit_id AS account_id, amount_fen AS fen FROM ledger_transfer
        UNION ALL SELECT debit_id, -amount_fen FROM ledger_transfer
    ) signed JOIN ledger_account account ON account.id = signed.account_id
    GROUP BY 1, 2, 3
"""


def shares_that_differ() -> Iterator[tuple[str, int]]:
    """(reference, rules − book in fen) for every account the rules and the book differ on.

    What payments post by themselves is not of these rules.
    """
    by_rules = _balances_by_rules()
    in_book = _balances_in_book()
    for place in sorted(by_rules.keys() | in_book.keys(), key=str):
        if place.kind in _OF_PAYMENTS:
            continue
        if difference := by_rules[place] - in_book[place]:
            yield f"{place.kind} {place.owner} {place.part}".strip(), difference


def _balances_by_rules() -> Counter[Place]:
    balances: Counter[Place] = Counter()
    orders = Order.objects.filter(paid_at__isnull=False).order_by("id")
    ids = list(orders.values_list("pk", flat=True))
    for start in range(0, len(ids), _CHUNK):
        batch = Batch()
        for order in load_orders(ids[start : start + _CHUNK]):
            history = OrderHistory(order)
            for event in order.events:
                if event.posted:
                    history.replay(event, batch)
        for entry in batch.all_entries() if batch.events else []:
            balances[entry.credit] += entry.amount_fen
            balances[entry.debit] -= entry.amount_fen
    return balances


def _balances_in_book() -> Counter[Place]:
    with connection.cursor() as cursor:
        cursor.execute(_BALANCES)
        return Counter({Place(kind, owner, part): int(fen) for kind, owner, part, fen in cursor})
