"""Throw the totals away and sum them again from the book."""

from django.db import connection, transaction

from lukou_market.aid.totals import add_journals


@transaction.atomic
def rebuild_totals() -> None:
    """Readers see the old totals until the new ones are complete; posting waits meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(
            "LOCK TABLE aid_producertotal, aid_salesday, aid_householdtotal"
            " IN SHARE ROW EXCLUSIVE MODE"
        )
        for table in ("aid_producertotal", "aid_salesday", "aid_householdtotal"):
            cursor.execute(f"DELETE FROM {table}")
    add_journals(None)
