"""One run of the replay: audience, buyers, host and village at the same time."""

import asyncio
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings

from lukou_market.demo.picture import Phone
from lukou_market.demo.puwan import puwan_session
from lukou_market.demo.replay import village
from lukou_market.demo.replay.figures import measure_sales
from lukou_market.demo.replay.http import Client, UnansweredError
from lukou_market.demo.replay.plan import BACK_AT_S, DROPPED_AT_S, SALE_S, WAVES, plan_buyers
from lukou_market.demo.replay.quiet import dues
from lukou_market.demo.replay.room import Countdown, Room
from lukou_market.demo.replay.shopper import Shopper

Say = Callable[[str], None]

_PATIENCE_S = 180.0
_REPORT_EVERY_S = 3.0
# How real networks deliver webhooks on a bad day. Towards the end the line gets better.
_BAD_LINE = {"duplicate": 0.1, "reorder": 0.1, "delay": 0.1, "delay_s": 2, "drop": 0.01}


@dataclass
class Replay:
    """Everything one run needs; `say` prints a line."""

    room: Room
    host: village.Host
    phone: Phone
    shop: Client
    stripe: Client
    viewers: int
    seed: int
    say: Say


async def run(*, session_id: int, viewers: int, seed: int, say: Say) -> None:
    """Sell the melons, bring them to the buyers, and return when all of them are content.

    Raises UnansweredError when the shop leaves a buyer without an answer for three minutes.
    """
    shop = Client(settings.PUBLIC_BASE_URL, connections=32, patience_s=_PATIENCE_S)
    stripe = Client(settings.STRIPE_API_BASE, connections=12, patience_s=_PATIENCE_S)
    session = (await shop.insist("GET", f"/api/v1/live-sessions/{session_id}/")).json()
    buyers = plan_buyers(seed)
    orders = sum(len(buyer.purchases) for buyer in buyers)
    room = Room(
        session_id=session_id,
        offers={offer["sku"]: offer for offer in session["offers"]},
        ordered=Countdown(orders),
        shopped=Countdown(orders),
        done=Countdown(orders),
    )
    phone = Phone(await asyncio.to_thread(village.persist, puwan_session))
    replay = Replay(room, village.Host(session_id), phone, shop, stripe, viewers, seed, say)
    say(f"{len(buyers)} buyers, {viewers} viewers, {orders} orders to place.")
    progress = asyncio.create_task(_report(replay))
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(_stream(replay))
            group.create_task(_village(replay))
            for buyer in buyers:
                shopper = Shopper(buyer, room, shop=shop, stripe=stripe)
                group.create_task(shopper.live())
    except* Exception as failures:
        raise _first(failures) from None
    finally:
        progress.cancel()
        with suppress(asyncio.CancelledError):
            await progress


def _first(failures: BaseExceptionGroup[Exception]) -> Exception:
    """One failure ends the run and the rest follow from it."""
    first = failures.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first


async def _stream(replay: Replay) -> None:
    """Three hours of the host's work."""
    room, host = replay.room, replay.host
    await asyncio.to_thread(host.start)
    replay.phone.on()
    await _misbehave(replay, {**_BAD_LINE, "seed": replay.seed})
    audience = asyncio.create_task(_audience(replay))
    dropped = asyncio.create_task(_drop_and_return(replay))
    for wave, pinned in zip(WAVES, room.pinned, strict=True):
        await room.until(wave.at_s)
        await asyncio.to_thread(host.pin, room.offers[wave.sku]["id"])
        room.doing = f"讲解 pinned: {wave.sku}"
        pinned.set()
    await _misbehave(replay, {})
    await room.ordered.wait()
    await room.until(SALE_S)
    await dropped
    await audience
    await asyncio.to_thread(host.end)
    await replay.phone.off()
    room.doing = "下播 stream ended: packing"


async def _drop_and_return(replay: Replay) -> None:
    await replay.room.until(DROPPED_AT_S)
    await replay.phone.off()
    await asyncio.to_thread(replay.host.interrupt)
    await replay.room.until(BACK_AT_S)
    await asyncio.to_thread(replay.host.resume)
    replay.phone.on()


async def _audience(replay: Replay) -> None:
    """Its own process; see `viewers`."""
    url = f"{settings.PUBLIC_BASE_URL}/api/v1/live-sessions/{replay.room.session_id}/state/"
    arguments = [url, str(replay.viewers), str(SALE_S * 0.8)]
    module = "lukou_market.demo.replay.viewers"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        await process.wait()
    finally:
        if process.returncode is None:
            process.kill()


async def _misbehave(replay: Replay, settings: dict[str, float]) -> None:
    await replay.stripe.insist("POST", "/_standin/misbehave", body=settings)


async def _village(replay: Replay) -> None:
    """From the end of the stream on: pack, ship and decide refunds until everybody is content.

    Raises UnansweredError, naming what hangs, when no parcel has left for three minutes.
    """
    room = replay.room
    await room.ordered.wait()
    await room.until(SALE_S)
    deadline_s = room.elapsed_s + _PATIENCE_S
    while not room.done.over:
        await asyncio.to_thread(village.approve_refunds, room.session_id)
        shipped = await asyncio.to_thread(village.pack_and_ship, room.session_id)
        room.parcels.ship(shipped)
        if shipped:
            deadline_s = room.elapsed_s + _PATIENCE_S
        else:
            due = await asyncio.to_thread(dues)
            if room.shopped.over and not due:
                room.parcels.close()
            elif room.elapsed_s > deadline_s:
                raise UnansweredError(f"still due: {due or 'buyers at work'}")
            await asyncio.sleep(0.5)


async def _report(replay: Replay) -> None:
    session = await asyncio.to_thread(village.persist, puwan_session)
    while True:
        sales = await asyncio.to_thread(village.persist, lambda: measure_sales(session))
        hours, minutes = divmod(round(min(replay.room.elapsed_s / SALE_S, 1) * 180), 60)
        replay.say(
            f"{replay.room.elapsed_s:4.0f} s  {15 + hours}:{minutes:02d}  {replay.room.doing}"
            f" | orders {sales.orders_placed} paid {sales.orders_paid}"
            f" expired {sales.orders_expired} refused {replay.room.refused.total()}"
            f" refunded {sales.orders_refunded} | {sales.kg_sold:,} kg"
            f" | viewers {sales.viewers:,}"
        )
        await asyncio.sleep(_REPORT_EVERY_S)
