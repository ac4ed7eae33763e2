"""An organisation's page where it pays: what is due is shown, then online or by a notice."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lukou_market.demo.stripe_standin.server import StandIn
from lukou_market.orders.models import Order, ShippingRate
from lukou_market.organisations.models import Organisation
from lukou_market.payments.models import Payment, PaymentNotice
from tests.factories import make_offer
from tests.organisations.lists import make_organisation
from tests.organisations.transfers import ACCOUNT, come, order_list
from tests.storefront.pages import sentences, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _our_account(settings: Any) -> None:
    for name, value in ACCOUNT.items():
        setattr(settings, name, value)


@pytest.fixture
def organisation() -> Organisation:
    return make_organisation()


@pytest.fixture
def order(organisation: Organisation) -> Order:
    """Two boxes to one member and one to the other; each parcel costs 8 yuan."""
    ShippingRate.objects.create(prefix="43", name="湖南", first_fen=800, first_g=5000)
    now = timezone.now()
    offer = make_offer(quota=100, organisations_until=now + timedelta(days=1))
    return order_list(organisation, offer, 2, now=now)


def transfer(client: Client, order: Order, shown_due_fen: Any) -> Any:
    form = {"shown_due_fen": shown_due_fen}
    return client.post(f"/organisation/{order.number}/transfer/", form, follow=True)


def test_what_is_due_is_shown_before_it_is_paid(organisation: Organisation, order: Order) -> None:
    page = signed_in(organisation.manager).get(f"/organisation/{order.number}/").content.decode()
    assert (order.shipping_fen, order.due_fen) == (1600, 3 * 3990 + 1600)
    assert "¥16.00" in page and "¥135.70" in page and "81430200MC1234567X" in page


def test_the_notice_says_what_to_transfer_where_and_until_when(
    organisation: Organisation, order: Order
) -> None:
    office = signed_in(organisation.manager)
    answer = transfer(office, order, order.due_fen)
    assert answer.redirect_chain == [(f"/organisation/{order.number}/notice/", 302)]
    page = answer.content.decode()
    due_on = PaymentNotice.objects.get().due_on
    for told in (*ACCOUNT.values(), order.number, "¥135.70", "81430200MC1234567X", f"{due_on}"):
        assert told in page
    assert f"{due_on}" in office.get(f"/organisation/{order.number}/").content.decode()


@pytest.mark.parametrize("shown", [13569, "", "x", -1, 10**30])
def test_a_total_that_was_not_shown_makes_no_notice_and_no_payment(
    organisation: Organisation, order: Order, shown: Any
) -> None:
    office = signed_in(organisation.manager)
    for way in ("transfer", "pay"):
        answer = office.post(
            f"/organisation/{order.number}/{way}/", {"shown_due_fen": shown}, follow=True
        )
        assert sentences(answer)
    assert not PaymentNotice.objects.exists() and not Payment.objects.exists()


def test_it_is_paid_online_with_its_shipping(
    transactional_db: None, standin: StandIn, organisation: Organisation, order: Order
) -> None:
    office = signed_in(organisation.manager)
    form = {"shown_due_fen": order.due_fen}
    to_stripe = office.post(f"/organisation/{order.number}/pay/", form)
    assert to_stripe.headers["Location"].startswith(f"{standin.base_url}/pay/")
    assert Payment.objects.get().amount_fen == order.due_fen
    order.refresh_from_db()
    assert order.address.startswith("按名单") or order.address.startswith("As listed")


def test_once_paid_the_notice_says_so(organisation: Organisation, order: Order) -> None:
    office = signed_in(organisation.manager)
    transfer(office, order, order.due_fen)
    come(order, now=timezone.now())
    page = office.get(f"/organisation/{order.number}/notice/").content.decode()
    assert "已于" in page
    assert transfer(office, order, order.due_fen).status_code == 200
    assert PaymentNotice.objects.count() == 1


def test_without_an_account_only_online_is_offered(
    settings: Any, organisation: Organisation, order: Order
) -> None:
    settings.TRANSFER_BANK = ""
    office = signed_in(organisation.manager)
    assert "transfer/" not in office.get(f"/organisation/{order.number}/").content.decode()
    assert sentences(transfer(office, order, order.due_fen))
    assert office.get(f"/organisation/{order.number}/notice/").status_code == 404


def test_another_organisations_notice_does_not_exist(
    organisation: Organisation, order: Order
) -> None:
    transfer(signed_in(organisation.manager), order, order.due_fen)
    other = make_organisation(name="乙单位", credit_code="81430200MC7654321X")
    office = signed_in(other.manager)
    assert office.get(f"/organisation/{order.number}/notice/").status_code == 404
    assert transfer(office, order, order.due_fen).status_code == 404
