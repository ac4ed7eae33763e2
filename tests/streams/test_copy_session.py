from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from lukou_market.catalog.models import Sku
from lukou_market.streams.copy_session import CopiedSession, copy_session
from lukou_market.streams.errors import HostNotCertified
from lukou_market.streams.models import Host, LiveSession, Offer
from tests.factories import (
    NOW,
    make_host,
    make_offer,
    make_producer,
    make_session,
    make_sku,
    make_user,
    make_village,
    place,
)

pytestmark = pytest.mark.django_db
IN_A_WEEK = NOW + timedelta(days=7)


@pytest.fixture
def host() -> Host:
    return make_host()


@pytest.fixture
def template(host: Host) -> LiveSession:
    return make_session(host=host)


def own_sku(host: Host) -> Sku:
    return make_sku(make_producer(village=host.village))


def certified_sku(first: date, after: date) -> Sku:
    """A package from another village, certified from `first` until before `after`."""
    sku = make_sku(make_producer(village=make_village("430212102001")))
    sku.product.certificate_number, sku.product.certified_during = "FP1", DateRange(first, after)
    sku.product.save()
    return sku


def copy(template: LiveSession) -> CopiedSession:
    return copy_session(template=template, title="再来一场", scheduled_at=IN_A_WEEK, now=NOW)


def test_packages_prices_quotas_limits_and_order_are_copied(template: LiveSession) -> None:
    skus = [own_sku(template.host) for _ in range(2)]
    second = make_offer(template, sku=skus[1], price_fen=6990, quota=120, limit=2, position=2)
    first = make_offer(template, sku=skus[0], price_fen=3990, quota=300, position=1, paused=True)
    place(make_user(), second)
    copied = copy(template)
    session = LiveSession.objects.get(pk=copied.session.pk)
    assert (session.host, session.title, session.status) == (template.host, "再来一场", "scheduled")
    assert (session.scheduled_at, session.started_at) == (IN_A_WEEK, None)
    assert copied.left_out == []
    offers = [
        (o.sku, o.price_fen, o.quota, o.limit_per_buyer, o.taken, o.paused)
        for o in session.offers.all()
    ]
    assert offers == [(first.sku, 3990, 300, 5, 0, False), (second.sku, 6990, 120, 2, 0, False)]


def test_flash_offers_are_not_copied(template: LiveSession) -> None:
    until = NOW + timedelta(minutes=1)
    make_offer(template, sku=own_sku(template.host), opens_at=NOW, closes_at=until)
    copied = copy(template)
    assert not copied.session.offers.exists()
    assert copied.left_out == []


def test_an_opening_hour_of_the_past_is_not_copied(template: LiveSession) -> None:
    make_offer(template, sku=own_sku(template.host), opens_at=NOW)
    assert copy(template).session.offers.get().opens_at is None


def test_what_is_not_certified_any_more_on_the_new_day_is_left_out_and_named(
    template: LiveSession,
) -> None:
    last_day = date(2026, 7, 4)  # the new session is on the fifth
    lapsed = certified_sku(date(2026, 1, 1), last_day + timedelta(days=1))
    valid = certified_sku(date(2026, 1, 1), last_day + timedelta(days=2))
    for sku in (lapsed, valid):
        make_offer(template, sku=sku)
    copied = copy(template)
    assert copied.left_out == [lapsed]
    assert [offer.sku for offer in copied.session.offers.all()] == [valid]


def test_goods_of_a_village_that_is_not_the_hosts_any_more_are_left_out(
    template: LiveSession,
) -> None:
    sku = make_offer(template, sku=own_sku(template.host)).sku
    template.host.village = make_village("430212103001")
    template.host.save()
    copied = copy(template)
    assert copied.left_out == [sku]
    assert not copied.session.offers.exists()


def test_without_a_valid_certificate_nothing_is_copied(template: LiveSession) -> None:
    make_offer(template, sku=own_sku(template.host))
    template.host.certified_during = DateRange(date(2019, 1, 1), date(2020, 1, 1))
    template.host.save()
    with pytest.raises(HostNotCertified):
        copy(template)
    assert list(LiveSession.objects.all()) == [template]
    assert Offer.objects.count() == 1
