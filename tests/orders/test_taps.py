"""Every try to order counts, granted or refused, at the gate and at the view and on the page."""

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from django.test import Client
from django.urls import reverse

from lukou_market.accounts.tokens import issue_tokens
from lukou_market.orders.count_taps import count_taps
from lukou_market.orders.errors import Busy
from lukou_market.orders.gate.taps import TapCounts
from lukou_market.orders.models import OfferTaps
from lukou_market.streams.models import Offer
from tests.factories import NOW, make_offer, make_user
from tests.gate_process import running_gate

MINUTE = timedelta(minutes=1)


def total(offer: Offer) -> int:
    return sum(OfferTaps.objects.filter(offer=offer).values_list("taps", flat=True))


def order(url: str, token: str, offer_id: int, price_fen: int, key: str) -> int:
    answer = httpx.post(
        f"{url}/api/v1/orders/",
        json={"offer": offer_id, "quantity": 1, "shown_total_fen": price_fen},
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": key},
    )
    return answer.status_code


@pytest.mark.django_db
def test_taps_add_up_by_offer_and_minute() -> None:
    offer, other = make_offer(), make_offer()
    count_taps({(offer.pk, NOW): 2, (other.pk, NOW): 1})
    count_taps({(offer.pk, NOW + timedelta(seconds=59)): 3, (offer.pk, NOW + MINUTE): 1})
    counted = OfferTaps.objects.order_by("offer", "minute")
    assert list(counted.values_list("offer", "minute", "taps")) == [
        (offer.pk, NOW, 5),
        (offer.pk, NOW + MINUTE, 1),
        (other.pk, NOW, 1),
    ]


@pytest.mark.django_db
def test_taps_on_what_does_not_exist_count_nowhere_and_spoil_nothing() -> None:
    offer = make_offer()
    count_taps({(offer.pk + 1, NOW): 7, (offer.pk, NOW): 1})
    assert OfferTaps.objects.get().taps == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["view", "gate"])
def test_granted_and_refused_orders_count_alike(way: str, live_server: Any) -> None:
    offer, buyers = make_offer(quota=1), [make_user() for _ in range(3)]
    paused = make_offer(offer.session, paused=True)
    tokens = [issue_tokens(buyer)["access"] for buyer in buyers]
    with running_gate(live_server.url.removeprefix("http://")) as gate:
        url = gate.url if way == "gate" else live_server.url
        codes = [order(url, token, offer.pk, offer.price_fen, "k") for token in tokens]
        for turn in range(5):  # the later ones are refused from the gate's memory
            codes.append(order(url, tokens[1], offer.pk, offer.price_fen, f"again-{turn}"))
        codes.append(order(url, tokens[0], paused.pk, paused.price_fen, "p"))
        codes.append(order(url, tokens[0], paused.pk + 99, 1, "n"))
        deadline = time.monotonic() + 30
        while total(paused) < 1 and time.monotonic() < deadline:
            time.sleep(0.02)
    assert codes == [201, *[409] * 8, 404]
    assert (total(offer), total(paused)) == (8, 1)


@pytest.mark.django_db(transaction=True)
def test_a_gate_that_is_ended_writes_its_last_taps_first() -> None:
    offer = make_offer()
    token = issue_tokens(make_user())["access"]
    with running_gate() as gate:
        assert order(gate.url, token, offer.pk, offer.price_fen, "k") == 201
    assert total(offer) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("signed_in", [True, False])
def test_a_tap_on_the_page_counts_once_even_if_it_leads_to_the_sign_in(signed_in: bool) -> None:
    offer, client = make_offer(), Client()
    if signed_in:
        client.force_login(make_user())
    form = {
        "offer": offer.pk,
        "quantity": 1,
        "shown_price_fen": offer.price_fen,
        "key": "0d6a9c3e-5d0e-4f0e-9c54-0f1f0b1f2a10",
    }
    client.post(reverse("storefront:place-order", args=[offer.session_id]), form)
    assert total(offer) == 1


class Postgres:
    """Remembers what was written; may be away."""

    def __init__(self) -> None:
        self.away = False
        self.written: list[tuple[int, datetime, int]] = []

    async def fetch(self, query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        if self.away:
            raise Busy
        self.written += list(zip(*values, strict=True))
        return []


def test_what_postgresql_can_not_take_now_it_takes_later_with_its_minute() -> None:
    postgres, start = Postgres(), datetime(2026, 6, 28, 4, 0, 30, tzinfo=UTC)
    taps = TapCounts(postgres.fetch)
    postgres.away = True
    for offer_id in (1, 1, 2):
        taps.count(offer_id)
    asyncio.run(taps.write(start))
    taps.count(1)
    asyncio.run(taps.write(start + MINUTE))
    assert postgres.written == []
    postgres.away = False
    asyncio.run(taps.write(start + 2 * MINUTE))
    assert sorted(postgres.written) == [(1, NOW, 2), (1, NOW + MINUTE, 1), (2, NOW, 1)]
    asyncio.run(taps.write(start + 3 * MINUTE))
    assert len(postgres.written) == 3


def test_made_up_offers_fill_no_memory_while_postgresql_is_away() -> None:
    postgres = Postgres()
    taps = TapCounts(postgres.fetch)
    postgres.away = True
    for offer_id in range(12_000):
        taps.count(offer_id)
    taps.count(11_999)
    asyncio.run(taps.write(NOW))
    postgres.away = False
    asyncio.run(taps.write(NOW))
    assert len(postgres.written) == 10_000
    assert (11_999, NOW, 2) in postgres.written  # what was tapped most is kept
