from collections import Counter

from lukou_market.demo.replay.plan import WAVES, Fate, Purchase, plan_buyers


def purchases(seed: int = 1) -> list[Purchase]:
    return [purchase for buyer in plan_buyers(seed) for purchase in buyer.purchases]


def test_the_same_seed_gives_the_same_people_and_fates() -> None:
    assert plan_buyers(1) == plan_buyers(1)
    assert plan_buyers(1) != plan_buyers(2)


def test_every_wave_brings_its_orders() -> None:
    counted = Counter(purchase.wave for purchase in purchases())
    assert [counted[number] for number in range(len(WAVES))] == [wave.orders for wave in WAVES]


def test_every_order_has_a_key_of_its_own() -> None:
    keys = [purchase.key for purchase in purchases()]
    assert len(set(keys)) == len(keys)
    assert not set(keys) & {purchase.key for purchase in purchases(seed=2)}


def test_everything_that_can_happen_to_an_order_happens() -> None:
    assert {purchase.fate for purchase in purchases()} == set(Fate)


def test_a_buyers_purchases_follow_the_stream() -> None:
    for buyer in plan_buyers(1):
        waves = [purchase.wave for purchase in buyer.purchases]
        assert waves and waves == sorted(waves)


def test_nobody_lets_a_reservation_run_out_towards_the_end() -> None:
    late = {purchase.fate for purchase in purchases() if purchase.wave >= len(WAVES) - 2}
    assert not late & {Fate.NEVER_PAYS, Fate.PAYS_LATE}


def test_phones_are_well_formed_and_different() -> None:
    phones = [buyer.phone for buyer in plan_buyers(1)]
    assert len(set(phones)) == len(phones)
    assert all(len(phone) == 11 and phone.startswith("199") for phone in phones)
