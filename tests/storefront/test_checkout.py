"""The checkout of an order: addresses, places, charges; without a script."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lukou_market.accounts.models import User
from lukou_market.addresses.models import SavedAddress
from lukou_market.demo.stripe_standin.server import StandIn
from lukou_market.orders import errors
from lukou_market.orders.models import Invoice, Order, ShippingRate
from lukou_market.organisations.address_list import read_address_list
from lukou_market.organisations.order_for_members import order_for_members
from lukou_market.payments.models import Payment
from lukou_market.streams.models import Offer
from tests.factories import make_offer, make_user, make_voucher
from tests.organisations.lists import filled, make_organisation, member
from tests.storefront.pages import place_now, sentences, signed_in

pytestmark = pytest.mark.django_db(transaction=True)
TYPED = {"recipient": "王小明", "phone": "13812345678", "text": "湖南省株洲市天元区黄河北路 1 号"}


@pytest.fixture
def buyer(db: None) -> User:
    return make_user()


@pytest.fixture
def order(buyer: User) -> Order:
    return place_now(buyer, make_offer())


@pytest.fixture
def client(buyer: User) -> Client:
    return signed_in(buyer)


def pay(client: Client, order: Order, **form: Any) -> Any:
    return client.post(f"/orders/{order.number}/pay/", TYPED | form)


def test_an_address_used_once_is_offered_and_paid_to_with_one_tap(
    client: Client, order: Order, buyer: User, standin: StandIn
) -> None:
    pay(client, order)
    saved = SavedAddress.objects.get()
    again = place_now(buyer, make_offer())
    page = client.get(f"/orders/{again.number}/")
    assert page.context["checkout"].shown == saved
    form = {"saved": saved.pk, "shown_due_fen": again.total_fen}
    response = client.post(f"/orders/{again.number}/pay/", form)
    assert response.headers["Location"].startswith(f"{standin.base_url}/pay/")
    again.refresh_from_db()
    assert again.address == "湖南省株洲市天元区 黄河北路 1 号"


def test_the_members_of_a_list_are_no_address_of_my_own(buyer: User, client: Client) -> None:
    union, offer = make_organisation(manager=buyer), make_offer()
    Offer.objects.update(organisations_until=timezone.now() + timedelta(days=1))
    order_for_members(
        organisation=union,
        offer_id=offer.pk,
        listed=read_address_list(filled([member(n) for n in range(2)])),
        shown_price_fen=offer.price_fen,
        now=timezone.now(),
    )
    mine = place_now(buyer, offer)
    form = client.get(f"/orders/{mine.number}/").context["checkout"].form
    assert not form["recipient"].value() and not form["text"].value()


def test_anothers_address_is_none_of_mine(client: Client, order: Order) -> None:
    theirs = make_user()
    saved = SavedAddress.objects.create(
        owner=theirs, recipient="李", phone="13800000000", division="430211", street="1 号",
        digest="d", used_at=order.placed_at,
    )  # fmt: skip
    page = client.post(f"/orders/{order.number}/pay/", {"saved": saved.pk})
    assert page.context["checkout"].form.errors
    assert not Payment.objects.exists()


def test_a_pasted_line_fills_the_fields_and_nothing_is_paid(client: Client, order: Order) -> None:
    form = {"line": "李四 13900001111 江苏省南京市鼓楼区中山路 1 号", "fill": "line"}
    page = client.post(f"/orders/{order.number}/pay/", form)
    shown = page.context["checkout"].form
    fields = ("recipient", "phone", "province", "city", "county", "text")
    assert [shown[name].value() for name in fields] == [
        "李四", "13900001111", "320000", "320100", "320106", "中山路 1 号",
    ]  # fmt: skip
    assert not shown.errors and not Payment.objects.exists()


def test_lists_without_a_script_come_with_the_next_page(client: Client, order: Order) -> None:
    form = TYPED | {"province": "430000", "fill": "places"}
    page = client.post(f"/orders/{order.number}/pay/", form).content.decode()
    assert '<option value="430200">株洲市</option>' in page


def test_lists_with_a_script_are_asked_for_one_by_one(client: Client) -> None:
    assert ["430200", "株洲市"] in client.get("/places/", {"in": "430000"}).json()
    assert client.get("/places/", {"in": "nonsense"}).json() == []


def test_a_place_is_chosen_down_to_the_county(client: Client, order: Order) -> None:
    page = pay(client, order, province="430000", city="430200", text="黄河北路 1 号")
    assert "county" in page.context["checkout"].form.errors


def test_an_address_without_a_place_is_not_sent_anywhere(client: Client, order: Order) -> None:
    page = pay(client, order, text="黄河北路 1 号")
    assert "text" in page.context["checkout"].form.errors
    assert not Payment.objects.exists()


def test_a_changed_total_is_shown_before_it_is_paid(
    client: Client, order: Order, standin: StandIn
) -> None:
    ShippingRate.objects.create(prefix="", name="全国", first_fen=800)
    voucher = make_voucher(500)
    page = pay(client, order, shown_due_fen=3990, voucher_code=voucher.code)
    assert str(errors.TotalChanged.sentence) in sentences(page)
    assert "¥42.90" in page.content.decode()
    assert not Payment.objects.exists()
    response = pay(client, order, shown_due_fen=4290, voucher_code=voucher.code)
    assert response.headers["Location"].startswith(f"{standin.base_url}/pay/")
    assert Payment.objects.get().amount_fen == 4290


def test_where_we_dont_send_is_refused_before_payment(client: Client, order: Order) -> None:
    ShippingRate.objects.create(prefix="43", name="湖南", delivered=False)
    page = pay(client, order)
    assert str(errors.NotDelivered.sentence) in sentences(page)
    assert not Payment.objects.exists() and not SavedAddress.objects.exists()


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"invoice_title": "株洲市总工会"}, "tax_number"),
        ({"tax_number": "91430200MA4L16JQ1T"}, "invoice_title"),
        ({"invoice_title": "株洲市总工会", "tax_number": "12-34"}, "tax_number"),
    ],
)
def test_an_organisations_invoice_needs_title_and_number(
    client: Client, order: Order, form: dict[str, str], field: str
) -> None:
    page = pay(client, order, **form)
    assert field in page.context["checkout"].charges.errors
    assert not Payment.objects.exists()


def test_whom_the_invoice_is_made_out_to_is_kept_and_shown(
    client: Client, order: Order, standin: StandIn
) -> None:
    pay(client, order, invoice_title="株洲市总工会", tax_number="91430200ma4l16jq1t")
    assert Invoice.objects.get().tax_number == "91430200MA4L16JQ1T"
    assert "株洲市总工会" in client.get(f"/orders/{order.number}/").content.decode()
