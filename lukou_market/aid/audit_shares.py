"""Work out every household's share again from the rules and hold it against the book."""

from collections import Counter
from collections.abc import Iterator
from functools import partial

from django.db import connection

from lukou_market.aid.load_orders import load_orders
from lukou_market.aid.posting_rules import Batch, Event, OrderHistory
from lukou_market.ledger.entries import Place
from lukou_market.orders.models import Order

_CHUNK = 500

# What order events moved: payments, fees and pay-outs follow other rules.
_BALANCES = """
    WITH moved AS (
        SELECT debit_id, credit_id, sum(amount_fen) AS fen FROM ledger_transfer
        WHERE source_kind IN ('order_event', 'events') GROUP BY 1, 2
    )
    SELECT account.kind, account.owner, account.part, sum(signed.fen) FROM (
        SELECT credit_id AS account_id, fen FROM moved UNION ALL SELECT debit_id, -fen FROM moved
    ) signed JOIN ledger_account account ON account.id = signed.account_id
    GROUP BY 1, 2, 3
"""


def shares_that_differ() -> Iterator[tuple[str, int]]:
    """(reference, rules − book in fen) for every account the rules and the book differ on.

    Holds what order events moved only: the rest of the book is not of these rules.
    """
    by_rules = _balances_by_rules()
    in_book = _balances_in_book()
    for place in sorted(by_rules.keys() | in_book.keys(), key=str):
        if difference := by_rules[place] - in_book[place]:
            yield f"{place.kind} {place.owner or ''} {place.part}".rstrip(), difference


def _balances_by_rules() -> Counter[Place]:
    balances: Counter[Place] = Counter()
    for ids in _paid_orders():
        through_the_shop, direct = Batch(), Batch(direct=True)
        for order in load_orders(ids):
            history = OrderHistory(order)
            for event in order.events:
                if event.posted:
                    batch = direct if order.direct else through_the_shop
                    history.replay(event, partial(_always, batch))
        for batch in (through_the_shop, direct):
            for entry in batch.all_entries() if batch.events else []:
                balances[entry.credit] += entry.amount_fen
                balances[entry.debit] -= entry.amount_fen
    return balances


def _always(batch: Batch, _: Event) -> Batch:
    return batch


def _paid_orders() -> Iterator[list[int]]:
    """Their ids, a few hundred at a time."""
    paid, last = Order.objects.filter(paid_at__isnull=False).order_by("id"), 0
    while ids := list(paid.filter(pk__gt=last).values_list("pk", flat=True)[:_CHUNK]):
        yield ids
        last = ids[-1]


def _balances_in_book() -> Counter[Place]:
    with connection.cursor() as cursor:
        cursor.execute(_BALANCES)
        return Counter({Place(kind, owner, part): int(fen) for kind, owner, part, fen in cursor})
