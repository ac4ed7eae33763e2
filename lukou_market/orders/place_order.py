"""Place orders: the one way stock is reserved."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection

from lukou_market.orders.errors import REFUSALS
from lukou_market.orders.models import Status

PLACE = """
    SELECT outcome, order_number, order_total_fen, order_pay_by
    FROM place_orders(%s::bigint[], %s::text[], %s::bytea[], %s::bigint[], %s::integer[],
                      %s::bigint[], %s, %s)
"""


class OrderRequest(NamedTuple):
    """What a buyer asks for; `key` is chosen by the buyer's device before it sends."""

    buyer_id: int
    key: str
    offer_id: int
    quantity: int
    shown_total_fen: int

    @property
    def body_hash(self) -> bytes:
        """SHA-256 over the request's body: the same key with another body is refused."""
        return _sha256(f"{self.offer_id}:{self.quantity}:{self.shown_total_fen}")


@lru_cache(maxsize=256)  # in a rush most ask for the same
def _sha256(body: str) -> bytes:
    return hashlib.sha256(body.encode()).digest()


class PlacedOrder(NamedTuple):
    """The answer to a granted request; a replay gives the very same one again."""

    number: str
    total_fen: int
    pay_by: datetime
    replayed: bool
    status: str = Status.PLACED.value


def place_order(
    *, buyer_id: int, key: str, offer_id: int, quantity: int, shown_total_fen: int, now: datetime
) -> PlacedOrder:
    """Reserve stock for `settings.RESERVATION` and make the order, or refuse and change nothing.

    Raises the errors in `orders.errors.REFUSALS`.
    """
    request = OrderRequest(buyer_id, key, offer_id, quantity, shown_total_fen)
    return granted(place_batch(requests=[request], now=now)[0])


def granted(answer: "PlacedOrder | str") -> PlacedOrder:
    """The order, or the refusal raised as its error."""
    if isinstance(answer, str):
        raise REFUSALS[answer]()
    return answer


def place_batch(*, requests: Sequence[OrderRequest], now: datetime) -> list[PlacedOrder | str]:
    """Answer each request, in order of arrival, with an order or the code of its refusal."""
    with connection.cursor() as cursor:
        cursor.execute(PLACE, arguments(requests, now))
        return answers(cursor.fetchall())


def arguments(requests: Sequence[OrderRequest], now: datetime) -> list[Any]:
    """The values for the statement PLACE: a column of each field, and two moments.

    Numbers are written as PostgreSQL reads an array: psycopg would look at each of them.
    """
    return [
        _array(str(request.buyer_id) for request in requests),
        [request.key for request in requests],
        _array(rf'"\\x{request.body_hash.hex()}"' for request in requests),
        _array(str(request.offer_id) for request in requests),
        _array(str(request.quantity) for request in requests),
        _array(str(request.shown_total_fen) for request in requests),
        now,
        now + settings.RESERVATION,
    ]


def _array(written: Iterable[str]) -> str:
    return f"{{{','.join(written)}}}"


def answers(rows: Iterable[tuple[Any, ...]]) -> list[PlacedOrder | str]:
    """What the rows of PLACE say: an order, or the code of a refusal."""
    return [
        PlacedOrder(number, total_fen, pay_by, replayed=outcome == "replayed")
        if number
        else outcome
        for outcome, number, total_fen, pay_by in rows
    ]
