from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from lukou_market.streams.hearts import add_hearts, hearts_of
from tests.factories import NOW

ROOM = 5


def test_hearts_add_up_room_by_room() -> None:
    assert [add_hearts(ROOM, "甲", 3, NOW), add_hearts(ROOM, "乙", 1, NOW)] == [3, 1]
    add_hearts(6, "甲", 1, NOW)
    assert (hearts_of(ROOM), hearts_of(7)) == (4, 0)


def test_ten_a_second_are_taken_from_each_and_ten_more_the_next_second() -> None:
    taken = [add_hearts(ROOM, "甲", count, NOW) for count in (7, 7, 7)]
    assert taken == [7, 3, 0]
    assert add_hearts(ROOM, "乙", 99, NOW) == 10
    assert add_hearts(ROOM, "甲", 1, NOW + timedelta(seconds=1)) == 1
    assert hearts_of(ROOM) == 21


def test_no_count_takes_hearts_away() -> None:
    add_hearts(ROOM, "甲", 5, NOW)
    assert [add_hearts(ROOM, "甲", count, NOW) for count in (0, -5)] == [0, 0]
    assert hearts_of(ROOM) == 5


@given(st.lists(st.integers(-(2**70), 2**70), max_size=8))
def test_whatever_is_asked_the_room_gains_what_was_taken_and_at_most_ten(asked: list[int]) -> None:
    before = hearts_of(ROOM)
    second = NOW + timedelta(days=before)  # a second that no other example has
    taken = [add_hearts(ROOM, "甲", count, second) for count in asked]
    assert hearts_of(ROOM) - before == sum(taken)
    assert sum(taken) == min(10, sum(max(0, min(count, 10)) for count in asked))


def test_without_redis_no_heart_is_counted_and_nothing_fails(no_redis: None) -> None:
    assert (add_hearts(ROOM, "甲", 1, NOW), hearts_of(ROOM)) == (0, 0)
