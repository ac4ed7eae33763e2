"""A producer whose sales every kind of rule takes its part of, and all that the book then says."""

from datetime import date

from django.db import connection

from lukou_market.aid.models import HouseholdTotal, ProducerTotal, SalesDay
from lukou_market.streams.models import Offer
from tests.factories import (
    make_household,
    make_link,
    make_lot,
    make_offer,
    make_pool,
    make_producer,
    make_sku,
    make_village,
)

PRICES_FEN = (1, 997, 3990)


def offers_of_every_mechanism() -> list[Offer]:
    """A box at each of PRICES_FEN; no lot ever runs out."""
    village = make_village()
    producer = make_producer(village=village)
    members = {make_household(): weight for weight in (1, 2, 3)}
    make_link(producer, None, mechanism="purchase", rate_fen_per_kg=120)
    make_link(producer, make_household(), mechanism="labour", rate_fen_per_unit=33)
    make_link(producer, make_household(), 777, mechanism="land")
    make_link(producer, make_household(), 1250, mechanism="production")
    make_link(producer, None, 150, mechanism="platform")
    make_pool(producer, 3000, ("一组", 7000, members), ("村集体", 3000, village))
    offers = [
        make_offer(sku=make_sku(producer), price_fen=fen, quota=100_000) for fen in PRICES_FEN
    ]
    for offer in offers:
        make_lot(offer.sku.product, date(2026, 6, 26), {make_household(): 40_000_000})
    return offers


def balances() -> dict[tuple[str, int, str], int]:
    """What each account holds, debits less credits, in fen; those at 0 are left out."""
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT kind, owner, part, sum(fen) FROM (
                SELECT debit_id AS id, amount_fen AS fen FROM ledger_transfer
                UNION ALL SELECT credit_id, -amount_fen FROM ledger_transfer
            ) moved JOIN ledger_account USING (id)
            GROUP BY 1, 2, 3 HAVING sum(fen) <> 0
        """)
        return {(kind, owner, part): int(fen) for kind, owner, part, fen in cursor.fetchall()}


def totals() -> list[tuple[object, ...]]:
    """Each household's and each producer's figures, and those of each day, in order."""
    households = HouseholdTotal.objects.order_by("household", "month", "income_kind", "channel")
    producers = ProducerTotal.objects.order_by("producer", "month", "channel")
    days = SalesDay.objects.order_by("producer", "offer", "channel", "month", "day")
    figures = ("credited_fen", "reversed_fen", "pending_fen")
    return [
        *households.values_list("household", "month", "income_kind", "channel", *figures),
        *producers.values_list("producer", "gross_fen", "refunded_fen", "received_fen"),
        *days.values_list("producer", "offer", "channel", "day", "gross_fen", "refunded_fen"),
    ]
