"""Streams a household took part in: it sold there, or had a share in what was sold."""

from django.conf import settings
from django.db import connection

from lukou_market.regions.jurisdiction import CODE_LENGTH
from lukou_market.reports.question import Question

# Sales by day say which offers sold; the links in force on that day who had a share in them, and
# the draws on lots whose goods they were.
_TAKEN_PART = """
    WITH sold AS (
        SELECT DISTINCT day.producer_id, offer.session_id, day.offer_id, day.day
        FROM aid_salesday day JOIN streams_offer offer ON offer.id = day.offer_id
        WHERE day.month BETWEEN %(first)s AND %(last)s AND day.gross_fen > 0
          AND (%(channel)s = '' OR day.channel = %(channel)s)
    ), linked AS (
        SELECT link.id, link.household_id, sold.session_id FROM sold
        JOIN households_benefitlink link ON link.producer_id = sold.producer_id
         AND link.in_force && tstzrange(sold.day::timestamp AT TIME ZONE %(zone)s,
                                        (sold.day + 1)::timestamp AT TIME ZONE %(zone)s)
        WHERE link.mechanism NOT IN ('purchase', 'platform')
    ), part AS (
        SELECT household_id, session_id FROM linked
        UNION SELECT member.household_id, linked.session_id FROM linked
            JOIN households_poolpart part ON part.link_id = linked.id
            JOIN households_poolmember member ON member.part_id = part.id
        UNION SELECT drawn.household_id, sold.session_id FROM sold
            JOIN streams_offer offer ON offer.id = sold.offer_id
            JOIN catalog_sku sku ON sku.id = offer.sku_id
            JOIN catalog_harvestlot lot ON lot.product_id = sku.product_id
            JOIN catalog_lotsupply supply ON supply.lot_id = lot.id AND supply.drawn_g > 0
            JOIN LATERAL (
                SELECT draw.household_id FROM aid_lotdraw draw
                JOIN orders_orderline line ON line.id = draw.line_id
                WHERE draw.supply_id = supply.id AND line.offer_id = sold.offer_id
                  AND NOT draw.released
                LIMIT 1
            ) drawn ON true
        UNION SELECT producer.household_id, sold.session_id FROM sold
            JOIN households_producer producer ON producer.id = sold.producer_id
    )
    SELECT household.id, count(DISTINCT part.session_id) FROM part
    JOIN households_household household ON household.id = part.household_id
    WHERE household.village_id BETWEEN %(lowest)s AND %(highest)s
    GROUP BY 1
"""


def streams_taken_part_in(question: Question) -> dict[int, int]:
    """By household's id: how many streams of the period sold goods it has a part in."""
    prefix = question.region.subtree_prefix
    with connection.cursor() as cursor:
        cursor.execute(
            _TAKEN_PART,
            {
                "first": question.first_month,
                "last": question.last_month,
                "channel": question.channel,
                "zone": settings.TIME_ZONE,
                "lowest": prefix.ljust(CODE_LENGTH, "0"),
                "highest": prefix.ljust(CODE_LENGTH, "9"),
            },
        )
        return dict(cursor.fetchall())
