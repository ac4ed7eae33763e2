"""One hot offer, very many buyers with their tokens, and the books of them afterwards."""

from dataclasses import dataclass
from typing import Any

import jwt
from django.conf import settings
from django.db import connection
from django.utils import timezone

from lukou_market.streams.models import LiveSession, Offer
from tests.factories import make_offer, make_session

PRICE_FEN = 3990
_BUYERS = """
    INSERT INTO accounts_user (password, is_superuser, phone, phone_digest, display_name,
                               is_staff, is_active, date_joined)
    SELECT '', false, '', gen_random_uuid()::text, 'buyer', false, true, now()
    FROM generate_series(1, %s) RETURNING id
"""
_BOOKS = """
    SELECT offer.taken, offer.quota, count(line.id), coalesce(sum(line.quantity), 0),
           count(line.id) - count(DISTINCT line.buyer_id)
    FROM streams_offer offer
    LEFT JOIN orders_orderline line ON line.offer_id = offer.id AND line.holds_stock
    WHERE offer.id = %s GROUP BY offer.id
"""


@dataclass(frozen=True, slots=True)
class Books:
    """What an offer's rows add up to; each buyer was to order once."""

    orders: int
    oversold: int
    doubled: int
    unexplained: int


def hot_offer(quota: int) -> Offer:
    """A live offer of `quota` units; each buyer may have one."""
    session = LiveSession.objects.first() or make_session(at=timezone.now())
    return make_offer(session, price_fen=PRICE_FEN, quota=quota, limit=1)


def make_buyers(count: int) -> list[int]:
    """The ids of new buyers."""
    return [row[0] for row in query(_BUYERS, count)]


def settle() -> None:
    """What autovacuum and the checkpointer do some minutes after so many rows were written."""
    query("VACUUM (ANALYZE)")
    query("CHECKPOINT")


def tokens(buyer_ids: list[int]) -> list[str]:
    """An access token for each, as `issue_tokens` would sign it."""
    now = int(timezone.now().timestamp())
    claims = {"token_type": "access", "exp": now + 3600, "iat": now, "jti": "0" * 32}
    key = str(settings.SIMPLE_JWT["SIGNING_KEY"])
    return [jwt.encode({**claims, "user_id": str(buyer)}, key) for buyer in buyer_ids]


def books(offer: Offer) -> Books:
    """Count again what the offer says of itself."""
    taken, quota, orders, units, doubled = query(_BOOKS, offer.pk)[0]
    return Books(orders, max(units - quota, 0), doubled, abs(taken - units))


def query(sql: str, *values: Any) -> list[Any]:
    """The rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []
