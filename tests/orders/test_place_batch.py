"""A batch gives what its requests would have got one after another, whatever is in it."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lukou_market.accounts.models import User
from lukou_market.catalog.models import Sku
from lukou_market.orders.models import Order, OrderLine
from lukou_market.orders.place_order import OrderRequest, PlacedOrder, place_batch
from lukou_market.streams.models import LiveSession, Offer
from tests.factories import NOW, make_session, make_sku, make_user
from tests.orders.batch_model import Asked, ModelOffer, Shop

pytestmark = pytest.mark.django_db

PRICE_FEN, BUYERS = 100, 30
CLOSED: dict[str, dict[str, Any]] = {
    "paused": {"paused": True},
    "early": {"opens_at": NOW + timedelta(seconds=1)},
    "late": {"closes_at": NOW},
}
STATES = st.sampled_from(["open", "open", "open", "scheduled", *CLOSED])
QUOTAS = st.integers(1, 12) | st.integers(30, 60)
OFFERS = st.lists(st.tuples(QUOTAS, st.integers(1, 4), STATES), min_size=1, max_size=4)
REQUESTS = st.builds(
    Asked,
    buyer=st.integers(0, 2) | st.integers(0, BUYERS - 1),  # few who meet themselves, and many
    key=st.sampled_from("abc"),
    offer=st.integers(0, 4),
    quantity=st.integers(1, 5),
    price_off_fen=st.sampled_from([0, 0, 0, 0, 1]),
)
BATCHES = st.lists(st.lists(REQUESTS, max_size=24), min_size=1, max_size=4)


@pytest.fixture
def people() -> list[User]:
    return [make_user() for _ in range(BUYERS)]


@pytest.fixture
def skus() -> list[Sku]:
    return [make_sku() for _ in range(4)]


@pytest.fixture
def sessions() -> dict[str, LiveSession]:
    return {status: make_session(status) for status in ("live", "scheduled")}


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(offers=OFFERS, batches=BATCHES)
def test_batches_equal_their_requests_one_after_another(
    people: list[User],
    skus: list[Sku],
    sessions: dict[str, LiveSession],
    offers: list[tuple[int, int, str]],
    batches: list[list[Asked]],
) -> None:
    OrderLine.objects.all().delete()
    Order.objects.all().delete()
    Offer.objects.all().delete()
    rows = [_offer(sessions, sku, *terms) for sku, terms in zip(skus, offers, strict=False)]
    shop = Shop([ModelOffer(PRICE_FEN, *terms[:2], _refusal(terms[2])) for terms in offers])

    for batch in batches:
        answers = place_batch(requests=[_request(people, rows, each) for each in batch], now=NOW)
        assert [_code(answer) for answer in answers] == [shop.answer(each) for each in batch]

    assert list(Offer.objects.order_by("id").values_list("taken", flat=True)) == [
        offer.taken for offer in shop.offers
    ]
    ids = [person.pk for person in people]
    made = Order.objects.values_list("buyer_id", "idempotency_key")
    assert {(ids.index(buyer_id), key) for buyer_id, key in made} == set(shop.granted)


def _offer(sessions: dict[str, LiveSession], sku: Sku, quota: int, limit: int, state: str) -> Offer:
    return Offer.objects.create(
        session=sessions["scheduled" if state == "scheduled" else "live"],
        sku=sku,
        price_fen=PRICE_FEN,
        quota=quota,
        limit_per_buyer=limit,
        **CLOSED.get(state, {}),
    )


def _refusal(state: str) -> str:
    return {"open": "", "scheduled": "session_not_live"}.get(state, "offer_not_open")


def _request(people: list[User], rows: list[Offer], asked: Asked) -> OrderRequest:
    offer_id = rows[asked.offer].pk if asked.offer < len(rows) else rows[-1].pk + 1000 + asked.offer
    total_fen = PRICE_FEN * asked.quantity + asked.price_off_fen
    return OrderRequest(people[asked.buyer].pk, asked.key, offer_id, asked.quantity, total_fen)


def _code(answer: PlacedOrder | str) -> str:
    if isinstance(answer, str):
        return answer
    return "replayed" if answer.replayed else "placed"


def test_a_shared_key_in_one_batch_gives_one_order_and_the_same_answer_twice() -> None:
    buyer, offer = make_user(), Offer.objects.create(
        session=make_session(), sku=make_sku(), price_fen=100, quota=9, limit_per_buyer=9
    )  # fmt: skip
    request = OrderRequest(buyer.pk, "tap", offer.pk, 2, 200)
    first, again = place_batch(requests=[request, request], now=NOW)
    assert isinstance(first, PlacedOrder)
    assert isinstance(again, PlacedOrder)
    assert (first.number, first.replayed, again.number, again.replayed) == (
        again.number, False, first.number, True,
    )  # fmt: skip
    offer.refresh_from_db()
    assert offer.taken == 2
