"""The page of an organisation: lists in, orders out, and nothing in between."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lukou_market.demo.stripe_standin.server import StandIn
from lukou_market.orders.models import Order
from lukou_market.organisations.models import MemberParcel, Organisation
from lukou_market.payments.models import Payment
from lukou_market.streams.models import Offer
from tests.factories import make_offer, make_user
from tests.organisations.lists import filled, make_organisation, member
from tests.storefront.pages import sentences, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer() -> Offer:
    return make_offer(quota=2000, organisations_until=timezone.now() + timedelta(days=1))


@pytest.fixture
def organisation() -> Organisation:
    return make_organisation()


def send(client: Client, offer: Offer, rows: list[list[Any]], /, **changes: Any) -> Any:
    prices = f'{{"{offer.pk}": {offer.price_fen}}}'
    form = {"offer": offer.pk, "file": filled(rows), "shown_prices": prices}
    return client.post("/organisation/order/", form | changes, follow=True)


def test_one_bad_row_of_five_hundred_is_named_and_nothing_is_ordered_until_it_is_mended(
    organisation: Organisation, offer: Offer
) -> None:
    rows, office = [member(n) for n in range(500)], signed_in(organisation.manager)
    rows[321][1] = "1381234"
    answer = send(office, offer, rows)
    assert answer.status_code == 422
    assert [(f.row, f.title) for f in answer.context["faults"]] == [(323, "手机号")]
    assert "<td>323</td><td>手机号</td>" in answer.content.decode()
    offer.refresh_from_db()
    assert not Order.objects.exists() and not MemberParcel.objects.exists() and offer.taken == 0

    rows[321][1] = "13812345678"
    first, second = send(office, offer, rows), send(office, offer, rows)
    assert sentences(first) != sentences(second)
    order = Order.objects.get()
    assert first.redirect_chain == second.redirect_chain
    assert first.redirect_chain[0][0] == f"/organisation/{order.number}/"
    assert MemberParcel.objects.count() == 500
    assert "138****5678" in second.content.decode()
    assert "13812345678" not in second.content.decode()


def test_the_whole_list_is_paid_once(
    transactional_db: None, standin: StandIn, organisation: Organisation, offer: Offer
) -> None:
    office = signed_in(organisation.manager)
    send(office, offer, [member(1), member(2)])
    order = Order.objects.get()
    shown = {"shown_due_fen": order.due_fen}
    to_stripe = office.post(f"/organisation/{order.number}/pay/", shown)
    assert to_stripe.headers["Location"].startswith(f"{standin.base_url}/pay/")
    assert Payment.objects.get().amount_fen == order.total_fen == 3 * offer.price_fen


@pytest.mark.parametrize(
    "changes",
    [
        {"file": ""},
        {"offer": "999999"},
        {"offer": "x"},
        {"shown_prices": "nonsense"},
        {"shown_prices": "[]"},
        {"shown_prices": "{}"},
    ],
)
def test_bad_input_is_shown_again_and_orders_nothing(
    organisation: Organisation, offer: Offer, changes: dict[str, Any]
) -> None:
    answer = send(signed_in(organisation.manager), offer, [member(1)], **changes)
    assert answer.status_code in (409, 422) and answer.context["form"].errors
    assert not Order.objects.exists()


def test_the_template_is_the_list_that_can_be_sent(organisation: Organisation) -> None:
    answer = signed_in(organisation.manager).get("/organisation/template/")
    assert (
        answer.content.startswith(b"PK") and "attachment" in answer.headers["Content-Disposition"]
    )


def test_the_page_says_how_far_it_is_and_what_to_do(organisation: Organisation) -> None:
    page = signed_in(organisation.manager).get("/organisation/").content.decode()
    assert "<meter" in page and "¥30,000.00" in page


def test_who_orders_for_nobody_learns_how_to(offer: Offer) -> None:
    assert signed_in(make_user()).get("/organisation/").status_code == 403
    assert send(signed_in(make_user()), offer, [member(1)]).status_code == 403
    assert Client().get("/organisation/").headers["Location"] == "/sign-in/?next=/organisation/"


def test_another_organisations_list_does_not_exist(
    organisation: Organisation, offer: Offer
) -> None:
    send(signed_in(organisation.manager), offer, [member(1)])
    number = Order.objects.get().number
    other = make_organisation(name="乙单位", credit_code="81430200MC7654321X")
    office = signed_in(other.manager)
    assert office.get(f"/organisation/{number}/").status_code == 404
    assert office.post(f"/organisation/{number}/pay/").status_code == 404
    assert not Payment.objects.exists()
