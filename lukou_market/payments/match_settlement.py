"""Hold our payments, refunds, disputes and payouts against our copy of Stripe's movements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from lukou_market.payments.models import Discrepancy


@dataclass(frozen=True, slots=True)
class Difference:
    """Something Stripe and we disagree on; amounts in fen before fees, refunds negative.

    `what` is payment, refund, dispute, payout, payout items (what a payout was made of),
    balance, movement, or Stripe's own category for what we have no word for; `reference` is
    the payment intent, or Stripe's id of the refund or whatever it is.
    """

    what: str
    reference: str
    stripe_fen: int
    ours_fen: int

    @property
    def difference_fen(self) -> int:
        """What Stripe has more than we know of."""
        return self.stripe_fen - self.ours_fen


# `on_its_way`: a refund that has moved the balance already, or not yet. Neither is wrong.
_MATCH = """
    WITH there AS (
        SELECT CASE
                   WHEN kind IN ('charge', 'charge_failure') THEN 'payment'
                   WHEN kind IN ('refund', 'refund_failure') THEN 'refund'
                   WHEN kind IN ('dispute', 'dispute_reversal') THEN 'dispute'
                   WHEN kind IN ('payout', 'payout_reversal') THEN 'payout'
                   ELSE kind
               END AS what, reference, sum(amount_fen) AS fen
        FROM payments_balancemovement
        WHERE kind NOT IN ('fee', 'tax', 'network_cost', 'topup', 'topup_reversal')
        GROUP BY 1, 2
    ),
    here AS (
        SELECT 'payment' AS what, payment_intent_id AS reference, amount_fen AS fen,
               NULL::bigint AS on_its_way, paid_at AS at
        FROM payments_payment WHERE status = 'succeeded' AND bank_transfer_id IS NULL
        UNION ALL
        SELECT 'refund', coalesce(stripe_id, id::text),
               CASE status WHEN 'succeeded' THEN -amount_fen ELSE 0 END,
               CASE status WHEN 'sent' THEN -amount_fen END, settled_at
        FROM payments_refund WHERE status IN ('succeeded', 'sent') AND bank_transfer_id IS NULL
        UNION ALL
        SELECT 'dispute', stripe_id,
               CASE WHEN withdrawn_at IS NULL THEN 0 ELSE -amount_fen END
               + CASE WHEN reinstated_at IS NULL THEN 0 ELSE amount_fen END,
               NULL, coalesce(reinstated_at, withdrawn_at)
        FROM payments_dispute
        UNION ALL
        SELECT 'payout', stripe_id,
               CASE WHEN status IN ('failed', 'canceled') THEN 0 ELSE -amount_fen END,
               NULL, created_at
        FROM payments_payout
    ),
    items AS (
        SELECT payout_id, sum(net_fen) AS fen FROM payments_balancemovement
        WHERE payout_id IS NOT NULL AND kind <> 'payout' GROUP BY 1
    )
    SELECT what, reference, coalesce(there.fen, 0), coalesce(here.fen, 0)
    FROM there FULL JOIN here USING (what, reference)
    WHERE coalesce(there.fen, 0) <> coalesce(here.fen, 0)
      AND (here.on_its_way IS NULL OR there.fen IS DISTINCT FROM here.on_its_way)
      AND NOT (there.fen IS NULL AND coalesce(here.at > %(as_of)s, false))
    UNION ALL
    SELECT 'payout items', payout.stripe_id, payout.amount_fen, coalesce(items.fen, 0)
    FROM payments_payout payout LEFT JOIN items ON items.payout_id = payout.id
    WHERE payout.itemized AND payout.amount_fen <> coalesce(items.fen, 0)
    ORDER BY 1, 2
"""


def match_settlement(*, as_of: datetime | None = None) -> list[Difference]:
    """Every difference, in order; [] when all agree to the fen.

    What happened here after `as_of`, when the copy was brought up to date, may not have
    reached the copy yet and is no difference.
    """
    with connection.cursor() as cursor:
        cursor.execute(_MATCH, {"as_of": as_of})
        return [
            Difference(what, reference, int(there), int(here))
            for what, reference, there, here in cursor.fetchall()
        ]


def without_explained(differences: Sequence[Difference]) -> list[Difference]:
    """Those that no person has explained."""
    explained = Discrepancy.objects.filter(resolved_at=None, explained_at__isnull=False)
    columns = ("what", "reference", "stripe_fen", "ours_fen")
    said = {Difference(*row) for row in explained.values_list(*columns)}
    return [one for one in differences if one not in said]
