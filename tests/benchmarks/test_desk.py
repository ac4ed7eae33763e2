"""The book of `deploy/bench desk`, once copied."""

import pytest

from tests.benchmarks.support.around_orders import AROUND, add_around_orders
from tests.benchmarks.support.large_book import copy_book
from tests.benchmarks.support.shop import query
from tests.cadre.matrix.world import build_world


def counts() -> dict[str, int]:
    return {table: query(f"SELECT count(*) FROM {table}")[0][0] for table in AROUND}


@pytest.mark.django_db
def test_everything_around_an_order_is_there_and_is_copied_with_it() -> None:
    build_world()
    add_around_orders()
    query("SET CONSTRAINTS ALL IMMEDIATE")  # nothing may wait for a table that gets new indexes
    before = counts()
    copy_book(2, AROUND)
    assert min(before.values()) > 0
    assert counts() == {table: 3 * count for table, count in before.items()}
