"""A spreadsheet of 500 rows through the page: one bad row, mended, sent twice and at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from lukou_market.orders.models import Order, ShippingRate
from lukou_market.organisations.models import MemberParcel, Organisation
from lukou_market.streams.models import Offer
from tests.factories import make_offer
from tests.organisations.lists import filled, make_organisation, member
from tests.storefront.pages import signed_in

pytestmark = pytest.mark.django_db(transaction=True)
_AT_ONCE = 2


@pytest.fixture
def offer(db: None) -> Offer:
    """Hunan pays 6 yuan a parcel; nothing goes to Tibet."""
    ShippingRate.objects.create(prefix="43", name="湖南", first_fen=600, first_g=5000)
    ShippingRate.objects.create(prefix="54", name="西藏", delivered=False)
    return make_offer(quota=2000, organisations_until=timezone.now() + timedelta(days=1))


@pytest.fixture
def organisation(db: None) -> Organisation:
    return make_organisation()


def xlsx(rows: list[list[Any]]) -> bytes:
    return filled(rows).getvalue()


def send(client: Client, offer: Offer, content: bytes) -> Any:
    return client.post(
        "/organisation/order/",
        {
            "offer": offer.pk,
            "shown_prices": f'{{"{offer.pk}": {offer.price_fen}}}',
            "file": SimpleUploadedFile("名单.xlsx", content),
        },
        follow=True,
    )


def nothing_was_ordered(offer: Offer) -> bool:
    offer.refresh_from_db()
    rows = Order.objects.exists() or MemberParcel.objects.exists()
    return offer.taken == 0 and not rows


@pytest.mark.parametrize(
    ("column", "written", "title"),
    [
        (1, "1381234", "手机号"),
        (2, "城关镇幸福路 8 号院 3 栋", "详细地址"),
        (2, "西藏自治区拉萨市城关区北京中路 8 号", "详细地址"),
    ],
)
def test_one_bad_row_of_five_hundred_orders_nothing_and_the_mended_list_is_one_order(
    organisation: Organisation, offer: Offer, column: int, written: str, title: str
) -> None:
    rows, office = [member(n) for n in range(500)], signed_in(organisation.manager)
    good, rows[321][column] = rows[321][column], written
    answer = send(office, offer, xlsx(rows))
    assert answer.status_code == 422
    assert f"<td>323</td><td>{title}</td>" in answer.content.decode()
    assert len(answer.context["faults"]) == 1 and nothing_was_ordered(offer)

    rows[321][column] = good
    content = xlsx(rows)
    assert content.startswith(b"PK")
    first, second = send(office, offer, content), send(office, offer, content)
    order = Order.objects.get()
    assert (
        first.redirect_chain == second.redirect_chain == [(f"/organisation/{order.number}/", 302)]
    )
    assert MemberParcel.objects.count() == 500
    assert (order.total_fen, order.shipping_fen) == (750 * offer.price_fen, 500 * 600)
    offer.refresh_from_db()
    assert offer.taken == 750


def test_sent_twice_at_once_it_is_one_order(organisation: Organisation, offer: Offer) -> None:
    content, start = xlsx([member(n) for n in range(500)]), Barrier(_AT_ONCE)
    offices = [signed_in(organisation.manager) for _ in range(_AT_ONCE)]

    def work(office: Client) -> Any:
        start.wait(30)
        try:
            return send(office, offer, content)
        finally:
            connection.close()

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        answers = list(pool.map(work, offices))
    order = Order.objects.get()
    assert {answer.redirect_chain[0][0] for answer in answers} == {f"/organisation/{order.number}/"}
    assert {answer.status_code for answer in answers} == {200}
    offer.refresh_from_db()
    assert (offer.taken, MemberParcel.objects.count()) == (750, 500)
