"""What a room says of a package's benefit, held to what is posted."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from lukou_market.aid.offer_benefits import OfferBenefit, benefits_of
from lukou_market.households.models import Mechanism
from lukou_market.streams.models import Offer
from lukou_market.streams.queries import session_with_offers
from tests.factories import (
    LONG_AGO,
    NOW,
    make_household,
    make_link,
    make_lot,
    make_offer,
    make_pool,
    make_producer,
    make_session,
    make_sku,
)

pytestmark = pytest.mark.django_db


def benefit_of(offer: Offer) -> OfferBenefit:
    return benefits_of(list(session_with_offers(offer.session_id).offers.all()), now=NOW)[offer.pk]


def test_without_rules_nobody_is_said_to_be_helped() -> None:
    benefit = benefit_of(make_offer(price_fen=4000))
    assert (benefit.households, benefit.household_fen, benefit.share_bp) == (0, 0, 0)


def test_shares_and_pools_count_each_household_once() -> None:
    producer = make_producer()
    first, second, third = (make_household() for _ in range(3))
    make_link(producer, first, 1000)
    make_pool(
        producer,
        2000,
        ("分红", 6000, {first: 1, second: 2, third: 1}),
        ("村集体", 4000, producer.village),
    )
    benefit = benefit_of(make_offer(sku=make_sku(producer), price_fen=10_000))
    assert benefit.households == 3
    assert benefit.household_fen == 1000 + 1200
    assert benefit.collective_fen == 800
    assert benefit.share_bp == 2200


def test_a_purchase_counts_those_whose_goods_are_not_sold_yet() -> None:
    producer = make_producer()
    sku = make_sku(producer, weight_g=2500)
    make_link(producer, None, mechanism=Mechanism.PURCHASE, rate_fen_per_kg=600)
    make_lot(sku.product, date(2026, 6, 27), {make_household(): 9000, make_household(): 5000})
    benefit = benefit_of(make_offer(sku=sku, price_fen=4000))
    assert (benefit.households, benefit.household_fen) == (2, 1500)


def test_a_rule_that_is_over_does_not_count() -> None:
    producer = make_producer()
    make_link(producer, make_household(), 1000, until=NOW)
    make_link(producer, make_household(), 500, since=LONG_AGO)
    benefit = benefit_of(make_offer(sku=make_sku(producer), price_fen=10_000))
    assert (benefit.households, benefit.household_fen) == (1, 500)


def test_many_offers_take_as_many_queries_as_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    session = make_session()
    for _ in range(5):
        producer = make_producer()
        make_pool(producer, 2000, ("分红", 10_000, {make_household(): 1}))
        make_offer(session, sku=make_sku(producer))
    offers = list(session_with_offers(session.pk).offers.all())
    with django_assert_num_queries(4):
        assert len(benefits_of(offers, now=NOW)) == 5
