"""The region kept by PostgreSQL's row-level security instead of by a condition: what lists cost.

An auditor, whom no condition restricts, visits as the application's role with policies that
admit the rows of a town; decision 0130 compares that with the town's cadre.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from lukou_market.embedded.postgres import APPLICATION
from tests.benchmarks.support.shop import query

_FIRST, _LAST = (f"current_setting('lukou.{end}')" for end in ("first", "last"))
_POLICIES = {
    "orders_order": f"""EXISTS (
        SELECT FROM orders_orderline line JOIN households_producer producer
        ON producer.id = line.producer_id WHERE line.order_id = orders_order.id
        AND producer.village_id BETWEEN {_FIRST} AND {_LAST})""",
    "households_household": f"village_id BETWEEN {_FIRST} AND {_LAST}",
    "aid_householdtotal": f"""household_id IN (
        SELECT id FROM households_household WHERE village_id BETWEEN {_FIRST} AND {_LAST})""",
}


@contextmanager
def kept_by_policies(prefix: str) -> Iterator[Callable[[], None]]:
    """Policies on three tables; what it yields puts the connection under them."""
    for table, admitted in _POLICIES.items():
        query(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        query(f"CREATE POLICY bench ON {table} USING ({admitted})")
    try:
        yield lambda: _take_role(prefix)
    finally:
        query("RESET ROLE")
        for table in _POLICIES:
            query(f"DROP POLICY bench ON {table}")
            query(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")


def _take_role(prefix: str) -> None:
    query(f"SET ROLE {APPLICATION}")
    query("SELECT set_config('lukou.first', %s, false)", prefix.ljust(12, "0"))
    query("SELECT set_config('lukou.last', %s, false)", prefix.ljust(12, "9"))
