"""An organisation's boxes leave in one parcel for each member, or more, never for two."""

from datetime import timedelta

import pytest

from lukou_market.fulfilment.errors import TwoMembers
from lukou_market.fulfilment.pack_order import pack_order
from lukou_market.fulfilment.where_to import next_parcel, where_to
from lukou_market.orders.mark_paid import mark_paid
from lukou_market.organisations.address_list import read_address_list
from lukou_market.organisations.order_for_members import order_for_members
from tests.factories import NOW, make_offer, make_user
from tests.fulfilment.parcels import ship
from tests.organisations.lists import filled, make_organisation, member

pytestmark = pytest.mark.django_db


def test_a_list_is_packed_member_by_member() -> None:
    offer = make_offer(organisations_until=NOW + timedelta(days=1))
    order = order_for_members(
        organisation=make_organisation(),
        offer_id=offer.pk,
        listed=read_address_list(filled([member(1), member(2)])),  # two boxes, then one
        shown_price_fen=offer.price_fen,
        now=NOW,
    ).order
    mark_paid(orders=[order], now=NOW)
    packer, box_g = make_user("打包员"), offer.sku.weight_g
    assert (next_parcel(order).first, next_parcel(order).count) == (1, 2)
    with pytest.raises(TwoMembers):
        pack_order(order_id=order.pk, packer=packer, packed_g=3 * box_g, now=NOW)
    assert not order.shipments.exists()
    for first, boxes in ((1, 2), (3, 1)):
        parcel = pack_order(
            order_id=order.pk, packer=packer, packed_g=boxes * box_g, now=NOW,
            first_box=first, boxes=boxes,
        )  # fmt: skip
        assert where_to(parcel).recipient == f"成员{(first + 1) // 2}"
        ship(order, f"E{first}", first_box=first)
    assert parcel.closes
    # Who ordered for hundreds is not texted hundreds of times.
    assert list(order.notices.values_list("kind", flat=True)) == ["shipped"]
