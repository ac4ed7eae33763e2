"""From what a room was told to what is true: the events in between, none of them needless."""

from collections.abc import Iterator
from dataclasses import asdict

from lukou_market.orders.latest_sales import Sale
from lukou_market.storefront.room_state import SALES_SHOWN, RoomState
from lukou_market.streams.offer_state import OfferState
from lukou_market.streams.publish import RoomEvent

Event = tuple[RoomEvent, dict[str, object]]


def room_news(told: RoomState | None, state: RoomState) -> tuple[list[Event], RoomState]:
    """The events that tell of `state` to whom `told` was told, and what they then know.

    A room of which nothing is known is told all. Of new sales one at a time is told, so that
    people can read them: the others follow, unless there are newer ones by then.
    """
    sale = _next_sale(told["sold"] if told else [], state["sold"])
    events = [*_members(told, state), *_offers(told, state)]
    if sale:
        events.append((RoomEvent.SOLD, asdict(sale)))
    heard = [*(told["sold"] if told else []), *([sale] if sale else [])]
    known = sorted(heard, key=lambda sale: sale.id)[-SALES_SHOWN:]
    return events, {**state, "sold": known}


def _members(told: RoomState | None, state: RoomState) -> Iterator[Event]:
    before, after = ((_payloads(told) if told else {}), _payloads(state))
    yield from (
        (event, payload) for event, payload in after.items() if payload != before.get(event)
    )


def _payloads(state: RoomState) -> dict[RoomEvent, dict[str, object]]:
    return {
        RoomEvent.SESSION: {"status": state["status"], "picture": state["picture"]},
        RoomEvent.PINNED: {"offer": state["pinned_offer"]},
        RoomEvent.NOTICE: {"text": state["notice"]},
        RoomEvent.VIEWERS: {"viewers": state["viewers"], "watching": state["watching"]},
        RoomEvent.HEARTS: {"hearts": state["hearts"]},
    }


def _offers(told: RoomState | None, state: RoomState) -> Iterator[Event]:
    """Offers of which more has changed than what is left, and one event for all others."""
    before = {offer["id"]: offer for offer in told["offers"]} if told else {}
    sold_of: list[OfferState] = []
    for offer in state["offers"]:
        known = before.get(offer["id"])
        if known is None or known | {"left": offer["left"]} != offer:
            yield RoomEvent.OFFER, offer
        elif known != offer:
            sold_of.append({"id": offer["id"], "left": offer["left"]})
    if sold_of:
        yield RoomEvent.LEFT, {"offers": sold_of}


def _next_sale(told: list[Sale], sold: list[Sale]) -> Sale | None:
    """The oldest of the last sales that was not told yet."""
    return next((sale for sale in sold if sale not in told), None)
