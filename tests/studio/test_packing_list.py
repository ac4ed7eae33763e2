"""What is picked and packed, by day and village."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lukou_market.catalog.models import Sku
from lukou_market.fulfilment.pack_order import pack_order
from lukou_market.streams.models import Host
from tests.factories import (
    make_offer,
    make_producer,
    make_session,
    make_sku,
    make_user,
    make_village,
    place_paid,
)

pytestmark = pytest.mark.django_db


def test_each_day_and_village_has_a_sheet_with_what_is_open(console: Client, host: Host) -> None:
    now, session = timezone.now(), make_session(host=host)
    here, there = make_offer(session), make_offer(session, sku=_sku_from("430212102001"))
    part = place_paid(make_user(), here, 3, now=now)
    pack_order(order_id=part.pk, packer=host.user, packed_g=2500, boxes=1, now=now)
    other = place_paid(make_user(), here, 1, now=now)
    later = place_paid(make_user(), here, 1, now=now + timedelta(days=1))
    far = place_paid(make_user(), there, 2, now=now)

    sheets = console.get("/studio/packing/list/").context["sheets"]

    day = timezone.localdate(now + timedelta(hours=48))
    name = str(here.sku)
    village, elsewhere = here.sku.product.producer.village, there.sku.product.producer.village
    assert [(sheet.picked_on, sheet.village) for sheet in sheets] == [
        (day, village),
        (day, elsewhere),
        (day + timedelta(days=1), village),
    ]
    assert sheets[0].totals == [(name, 3, 7500)]
    assert sheets[0].orders == [(part, [(name, 2)]), (other, [(name, 1)])]
    assert [sheets[1].orders[0][0], sheets[2].orders[0][0]] == [far, later]


def test_an_order_that_should_have_left_is_picked_today(console: Client, host: Host) -> None:
    long_ago = timezone.now() - timedelta(days=9)
    place_paid(make_user(), make_offer(make_session(host=host)), now=long_ago)
    [sheet] = console.get("/studio/packing/list/").context["sheets"]
    assert sheet.picked_on == timezone.localdate()


def test_nobody_elses_orders_are_listed(console: Client) -> None:
    place_paid(make_user(), make_offer(), now=timezone.now())
    assert console.get("/studio/packing/list/").context["sheets"] == []


def _sku_from(village: str) -> Sku:
    return make_sku(make_producer(village=make_village(village)))
