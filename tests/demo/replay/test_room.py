import asyncio

from lukou_market.demo.replay.room import Countdown, Parcels


async def _told(parcels: Parcels, *numbers: str) -> list[bool]:
    waiting = asyncio.gather(*(parcels.arrives(number) for number in numbers))
    await asyncio.sleep(0)
    parcels.ship(["A"])
    parcels.close()
    return list(await waiting)


def test_buyers_hear_of_their_own_parcel_and_others_that_none_will_come() -> None:
    assert asyncio.run(_told(Parcels(), "A", "B")) == [True, False]


def test_a_parcel_shipped_before_anybody_asks_is_not_missed() -> None:
    parcels = Parcels()
    parcels.ship(["A"])
    parcels.close()
    assert asyncio.run(parcels.arrives("A"))
    assert not asyncio.run(parcels.arrives("B"))


def test_a_countdown_ends_with_its_last_tick() -> None:
    countdown = Countdown(2)
    countdown.tick()
    assert not countdown.over
    countdown.tick()
    assert countdown.over
