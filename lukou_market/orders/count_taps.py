"""Count tries to order, by offer and minute. Taps on what does not exist are nobody's."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection

COUNT_TAPS = """
    INSERT INTO orders_offertaps AS known (offer_id, minute, taps)
    SELECT offer.id, date_trunc('minute', tapped.at), sum(tapped.taps)
    FROM unnest(%s::bigint[], %s::timestamptz[], %s::integer[]) AS tapped (offer_id, at, taps)
    JOIN streams_offer offer ON offer.id = tapped.offer_id
    GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (offer_id, minute) DO UPDATE SET taps = known.taps + excluded.taps
    RETURNING offer_id
"""

Taps = Mapping[tuple[int, datetime], int]
"""How many, by offer and moment."""


def count_taps(taps: Taps) -> None:
    """Add these."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT_TAPS, columns(taps))


def columns(taps: Taps) -> list[list[Any]]:
    """The values for the statement COUNT_TAPS."""
    return [[offer for offer, _ in taps], [at for _, at in taps], list(taps.values())]
