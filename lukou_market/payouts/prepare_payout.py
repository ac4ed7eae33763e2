"""Prepare a batch: one line for each household of a region that the book owes money."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from lukou_market.accounts.models import User
from lukou_market.households.models import IncomeKind
from lukou_market.payouts.errors import NothingToPay
from lukou_market.payouts.models import PayoutBatch
from lukou_market.regions.models import Region

# Balance of each household account, credits less debits: what was paid out is a debit, and a
# refund after a pay-out makes it negative. The amount is the sum over kinds, if above zero; it is
# taken from the positive ones in a fixed order, so that the same book always gives the same split.
# An encrypted account copied is the same account: nothing is decrypted here.
_BALANCES = """
    WITH kinds AS (
        SELECT kind, n FROM unnest(%(kinds)s::text[]) WITH ORDINALITY AS kinds (kind, n)
    ), balances AS (
        SELECT household.id AS household_id, kinds.n, kinds.kind,
               coalesce((SELECT sum(amount_fen) FROM ledger_transfer
                         WHERE credit_id = account.id), 0)
               - coalesce((SELECT sum(amount_fen) FROM ledger_transfer
                           WHERE debit_id = account.id), 0) AS fen
        FROM households_household household
        JOIN ledger_account account ON account.kind = 'household' AND account.owner = household.id
        JOIN kinds ON kinds.kind = account.part
        WHERE household.village_id BETWEEN %(first)s AND %(last)s
    ), owed AS (
        SELECT household_id, n, kind, greatest(fen, 0) AS fen,
               sum(fen) OVER (PARTITION BY household_id) AS total_fen,
               coalesce(sum(greatest(fen, 0)) OVER (
                   PARTITION BY household_id ORDER BY n
                   ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before_fen
        FROM balances
    ), payable AS (
        SELECT household_id, kind, greatest(least(fen, total_fen - before_fen), 0)::bigint AS fen
        FROM owed WHERE total_fen > 0 AND NOT EXISTS (
            SELECT FROM payouts_payoutline line
            WHERE line.household_id = owed.household_id AND line.status = 'prepared')
    )
"""
_INSERT = f"""
    {_BALANCES}
    INSERT INTO payouts_payoutline (batch_id, household_id, prepared_by_id, status, reason,
                                    bank, holder, number,
                                    wage_fen, business_fen, property_fen, transfer_fen)
    SELECT %(batch)s, household_id, %(by)s, 'prepared', '', account.bank, account.holder,
           account.number,
           coalesce(sum(fen) FILTER (WHERE kind = 'wage'), 0),
           coalesce(sum(fen) FILTER (WHERE kind = 'business'), 0),
           coalesce(sum(fen) FILTER (WHERE kind = 'property'), 0),
           coalesce(sum(fen) FILTER (WHERE kind = 'transfer'), 0)
    FROM payable JOIN payouts_bankaccount account USING (household_id)
    GROUP BY household_id, account.id ORDER BY household_id
    RETURNING wage_fen + business_fen + property_fen + transfer_fen
"""
_WITHOUT_ACCOUNT = f"""
    {_BALANCES}
    SELECT count(DISTINCT household_id) FROM payable
    LEFT JOIN payouts_bankaccount account USING (household_id) WHERE account.id IS NULL
"""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A batch, and how many households are owed money but have no bank account registered."""

    batch: PayoutBatch
    lines: int
    total_fen: int
    without_account: int


@transaction.atomic
def prepare_payout(*, region: Region, month: date, label: str, by: User, now: datetime) -> Prepared:
    """Reserve for every household below `region` what the book owes it as of `now`.

    `month` (a first day) and `label` name the batch. Raises NothingToPay.
    """
    with connection.cursor() as cursor:
        # Until the end, no line is confirmed: a balance read before it would be paid again after.
        cursor.execute("LOCK TABLE payouts_payoutline IN SHARE ROW EXCLUSIVE MODE")
        batch = PayoutBatch.objects.create(
            region=region, month=month, label=label, created_by=by, created_at=now
        )
        prefix = region.subtree_prefix
        values: dict[str, Any] = {
            "kinds": IncomeKind.values,
            "first": prefix.ljust(12, "0"),
            "last": prefix.ljust(12, "9"),
            "batch": batch.pk,
            "by": by.pk,
        }
        cursor.execute(_WITHOUT_ACCOUNT, values)
        without_account = int(cursor.fetchall()[0][0])
        cursor.execute(_INSERT, values)
        amounts = [int(row[0]) for row in cursor.fetchall()]
    if not amounts:
        raise NothingToPay(without_account=without_account)
    return Prepared(batch, len(amounts), sum(amounts), without_account)
