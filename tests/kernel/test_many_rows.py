"""Rows by the ten thousand arrive as they were sent."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from lukou_market.kernel.many_rows import array_of, copy_rows, read_rows

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 6, 28, 20, 15, 30, 123456, tzinfo=UTC)


def test_moments_are_exact_and_aware() -> None:
    [(moment,)] = read_rows("SELECT %s::timestamptz", "2026-06-29 04:15:30.123456+08")
    assert moment == MOMENT
    assert moment.utcoffset() == MOMENT.utcoffset()


@pytest.mark.parametrize("ids", [[], [1], [3, 9_000_000_000, -1]])
def test_ids_are_an_array(ids: list[int]) -> None:
    assert read_rows("SELECT unnest(%s::bigint[])", array_of(ids)) == [(pk,) for pk in ids]


def test_copied_text_is_what_it_was() -> None:
    texts = ["a\tb", 'say "no"', "two\nlines", "back\\slash", "\\N", "\\.", "逗号,", ""]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE copied (n bigint, body text NOT NULL) ON COMMIT DROP")
    copy_rows("COPY copied (n, body)", enumerate(texts))
    assert read_rows("SELECT body FROM copied ORDER BY n") == [(text,) for text in texts]
