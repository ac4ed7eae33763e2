import random
from datetime import date

from lukou_market.demo.people import id_number, sizes


def test_id_numbers_carry_the_official_check_digit() -> None:
    # The standard's own rule: the weighted digits, check digit included (X is 10), give 1 mod 11.
    weights = [2 ** (17 - place) % 11 for place in range(18)]
    for serial in range(50):
        digits = [10 if c == "X" else int(c) for c in id_number(date(1968, 2, 29), serial)]
        assert sum(map(int.__mul__, weights, digits)) % 11 == 1


def test_household_sizes_add_up_and_stay_plausible() -> None:
    people = sizes(8_857, 2_925, random.Random(1))
    assert (len(people), sum(people)) == (2_925, 8_857)
    assert min(people) >= 1 and max(people) <= 8
