from datetime import date

import pytest

from lukou_market.streams.next_title import next_title

WAS, THEN = date(2026, 6, 28), date(2026, 7, 5)


@pytest.mark.parametrize(
    ("title", "moved"),
    [
        ("浦湾甜瓜专场", "浦湾甜瓜专场"),
        ("6月28日浦湾甜瓜", "7月5日浦湾甜瓜"),
        ("浦湾甜瓜 2026-06-28", "浦湾甜瓜 2026-07-05"),
        ("浦湾甜瓜 06.28 晚 19:30", "浦湾甜瓜 07.05 晚 19:30"),
        ("浦湾甜瓜第3场", "浦湾甜瓜第4场"),
        ("第 9 期·6/28", "第 10 期·7/5"),
    ],
)
def test_a_title_moves_on_with_its_day_and_its_number(title: str, moved: str) -> None:
    assert next_title(title, was=WAS, then=THEN) == moved


@pytest.mark.parametrize(
    "title", ["6月27日返场", "2025-06-28 回顾", "16月28日", "6.288 斤甜瓜", "第3名"]
)
def test_what_is_not_its_day_or_number_stays(title: str) -> None:
    assert next_title(title, was=WAS, then=THEN) == title


def test_a_title_that_would_grow_too_long_stays() -> None:
    title = "第9场" + "瓜" * 57
    assert next_title(title, was=WAS, then=THEN) == title
    assert next_title(title[:-1], was=WAS, then=THEN).startswith("第10场")
