"""What was said when I bought, on my order's page."""

from datetime import timedelta

import pytest

from lukou_market.streams.hide_message import hide_message
from tests.factories import NOW, make_offer, make_user, place
from tests.storefront.pages import signed_in
from tests.streams.rooms import said

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def test_an_order_tells_what_was_said_when_it_was_placed() -> None:
    buyer, offer = make_user(), make_offer()
    room = offer.session
    order = place(buyer, offer)
    for seconds in (-61, -60, 60, 61):
        said(room, f"第{seconds}秒", by=make_user("李大山"), at=NOW + seconds * SECOND)
    hidden = said(room, "藏")
    hide_message(session_id=room.pk, message_id=hidden.pk, by=room.host.user, now=NOW)
    page = signed_in(buyer).get(f"/orders/{order.number}/").content.decode()
    assert [f"第{each}秒" in page for each in (-61, -60, 60, 61)] == [False, True, True, False]
    assert "李**" in page and "李大山" not in page and "藏" not in page


def test_where_nothing_was_said_the_page_does_not_mention_it() -> None:
    buyer = make_user()
    order = place(buyer, make_offer())
    assert "<b>" not in signed_in(buyer).get(f"/orders/{order.number}/").content.decode()
