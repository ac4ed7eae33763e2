"""My orders, and one of them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lukou_market.demo.stripe_standin.server import StandIn
from lukou_market.fulfilment.pack_order import pack_order
from lukou_market.fulfilment.ship_order import ship_order
from lukou_market.orders import errors
from lukou_market.orders.models import Order
from lukou_market.payments.errors import RefundTooLarge
from lukou_market.payments.models import Payment, Refund
from lukou_market.streams.models import Replay, ReplayPart
from tests.factories import (
    NOW,
    make_household,
    make_link,
    make_offer,
    make_producer,
    make_sku,
    make_user,
    place,
    place_paid,
)
from tests.storefront.pages import place_now, sentences, signed_in

pytestmark = pytest.mark.django_db
ADDRESS = {"recipient": "王小明", "phone": "13812345678", "text": "湖南省株洲市\n黄河北路 1 号"}


def open_payment(order: Order) -> Payment:
    """A payment that Stripe has not told anything about."""
    return Payment.objects.create(
        order=order,
        amount_fen=order.total_fen,
        created_at=order.placed_at,
        checked_at=order.placed_at,
    )


def settled(order: Order) -> Payment:
    """The payment behind an order that was marked paid."""
    payment = open_payment(order)
    payment.status, payment.applied, payment.paid_at = "succeeded", True, order.placed_at
    payment.payment_intent_id = f"pi_{order.pk}"
    payment.save()
    return payment


@pytest.mark.parametrize("path", ["/orders/", "/orders/A1/"])
def test_orders_need_a_sign_in(client: Client, path: str) -> None:
    assert client.get(path).headers["Location"] == f"/sign-in/?next={path}"


def test_orders_are_listed_newest_first_and_older_ones_on_the_next_page() -> None:
    buyer, offer = make_user(), make_offer(limit=99)
    placed = [place_now(buyer, offer).number for _ in range(21)]
    place_now(make_user(), offer)
    first = signed_in(buyer).get("/orders/")
    assert [order.number for order in first.context["orders"]] == placed[:0:-1]
    older = signed_in(buyer).get("/orders/", {"before": placed[1]})
    assert [order.number for order in older.context["orders"]] == placed[:1]
    assert not older.context["has_older"]


def test_an_empty_list_says_what_to_do() -> None:
    assert '<a class="button" href="/">' in signed_in(make_user()).get("/orders/").content.decode()


@pytest.mark.parametrize("step", ["", "pay/", "cancel/", "received/", "refund/"])
def test_somebody_elses_order_does_not_exist(step: str) -> None:
    order = place_now(make_user(), make_offer())
    client = signed_in(make_user())
    call = client.post if step else client.get
    assert call(f"/orders/{order.number}/{step}", ADDRESS).status_code == 404
    order.refresh_from_db()
    assert (order.status, order.address) == ("placed", "")


@pytest.mark.parametrize("step", ["pay", "refund"])
def test_an_answer_that_is_loaded_again_leads_to_the_order(step: str) -> None:
    order = place_now(make_user(), make_offer())
    answer = signed_in(order.buyer).get(f"/orders/{order.number}/{step}/")
    assert answer.headers["Location"] == f"/orders/{order.number}/"


def test_a_placed_order_counts_down_by_the_servers_clock() -> None:
    buyer = make_user()
    order = place_now(buyer, make_offer())
    page = signed_in(buyer).get(f"/orders/{order.number}/").content.decode()
    local = timezone.localtime(order.pay_by)
    assert f'datetime="{local.isoformat()}"' in page and "data-now=" in page


def test_paying_takes_the_address_and_leads_to_stripe(
    transactional_db: None, standin: StandIn
) -> None:
    buyer = make_user()
    order = place_now(buyer, make_offer())
    response = signed_in(buyer).post(f"/orders/{order.number}/pay/", ADDRESS)
    assert response.headers["Location"].startswith(f"{standin.base_url}/pay/")
    order.refresh_from_db()
    assert order.address == "湖南省株洲市 黄河北路 1 号"


def test_a_wrong_address_is_shown_again_and_nothing_is_opened() -> None:
    buyer = make_user()
    order = place_now(buyer, make_offer())
    page = signed_in(buyer).post(f"/orders/{order.number}/pay/", ADDRESS | {"phone": "1"})
    assert list(page.context["checkout"].form.errors) == ["phone"]
    assert "黄河北路" in page.content.decode()
    assert not Payment.objects.exists()


def test_the_last_address_is_offered_again() -> None:
    buyer, offer = make_user(), make_offer()
    before = place_paid(buyer, offer)
    page = signed_in(buyer).get(f"/orders/{place_now(buyer, offer).number}/")
    assert page.context["checkout"].form.initial["text"] == before.address


def test_back_from_stripe_the_page_waits_for_the_word_and_does_not_lie() -> None:
    buyer = make_user()
    order = place_now(buyer, make_offer())
    open_payment(order)
    page = signed_in(buyer).get(f"/orders/{order.number}/?paid=1").content.decode()
    assert 'http-equiv="refresh"' in page and f"/orders/{order.number}/pay/" not in page


def test_the_page_does_not_wait_for_a_payment_nobody_began_or_that_is_over() -> None:
    buyer, offer = make_user(), make_offer()
    never, over = place_now(buyer, offer), place_now(buyer, offer)
    payment = open_payment(over)
    payment.status = "closed"
    payment.save()
    for order in (never, over):
        page = signed_in(buyer).get(f"/orders/{order.number}/?paid=1").content.decode()
        assert 'http-equiv="refresh"' not in page and f"/orders/{order.number}/pay/" in page


def test_once_paid_the_page_stops_looking() -> None:
    buyer = make_user()
    order = place_paid(buyer, make_offer())
    page = signed_in(buyer).get(f"/orders/{order.number}/?paid=1").content.decode()
    assert 'http-equiv="refresh"' not in page


def test_leaving_stripes_page_keeps_the_order() -> None:
    buyer = make_user()
    order = place_now(buyer, make_offer())
    page = signed_in(buyer).get(f"/orders/{order.number}/?cancelled=1")
    assert page.context["cancelled"] and f"/orders/{order.number}/pay/" in page.content.decode()


def test_an_order_can_be_cancelled_before_it_is_paid_only() -> None:
    buyer, offer = make_user(), make_offer()
    placed, paid = place_now(buyer, offer), place_paid(buyer, offer)
    client = signed_in(buyer)
    client.post(f"/orders/{placed.number}/cancel/")
    refused = client.post(f"/orders/{paid.number}/cancel/", follow=True)
    assert str(errors.OrderNotCancellable.sentence) in sentences(refused)
    assert list(Order.objects.order_by("pk").values_list("status", flat=True)) == [
        "cancelled",
        "paid",
    ]


def test_a_shipped_order_is_received_with_one_button() -> None:
    buyer = make_user()
    order = place_paid(buyer, make_offer())
    pack_order(order_id=order.pk, packer=make_user(), packed_g=2500, now=timezone.now())
    ship_order(order_id=order.pk, carrier="ems", tracking_number="E1", now=timezone.now())
    page = signed_in(buyer).get(f"/orders/{order.number}/").content.decode()
    assert f'action="/orders/{order.number}/received/"' in page
    signed_in(buyer).post(f"/orders/{order.number}/received/")
    order.refresh_from_db()
    assert order.status == "received"


def test_money_back_is_asked_in_yuan_and_kept_in_fen() -> None:
    buyer = make_user()
    order = place_paid(buyer, make_offer(price_fen=3990))
    settled(order)
    form = {"amount": "19.99", "note": "两个甜瓜坏了"}
    page = signed_in(buyer).post(f"/orders/{order.number}/refund/", form, follow=True)
    refund = Refund.objects.get()
    assert (refund.amount_fen, refund.note, refund.status) == (1999, "两个甜瓜坏了", "requested")
    assert f'action="/orders/{order.number}/refund/"' not in page.content.decode()


@pytest.mark.parametrize("amount", ["0", "-1", "1.001", "much", "NaN", "1e3000"])
def test_an_amount_that_is_none_is_refused(amount: str) -> None:
    buyer = make_user()
    order = place_paid(buyer, make_offer())
    settled(order)
    page = signed_in(buyer).post(f"/orders/{order.number}/refund/", {"amount": amount})
    assert "amount" in page.context["refund_form"].errors
    assert not Refund.objects.exists()


def test_more_than_was_paid_is_refused() -> None:
    buyer = make_user()
    order = place_paid(buyer, make_offer(price_fen=3990))
    settled(order)
    page = signed_in(buyer).post(
        f"/orders/{order.number}/refund/", {"amount": "39.91"}, follow=True
    )
    assert sentences(page) == [str(RefundTooLarge.sentence)]
    assert not Refund.objects.exists()


def test_the_trace_sums_to_the_total_and_masks_names() -> None:
    producer, buyer = make_producer(), make_user()
    make_link(
        producer, make_household(head="李大山"), 3000, since=timezone.now() - timedelta(days=9)
    )
    order = place_now(buyer, make_offer(sku=make_sku(producer)), 3)
    page = signed_in(buyer).get(f"/orders/{order.number}/")
    trace = page.context["trace"]
    assert sum(row.amount_fen for row in trace.rows) == order.total_fen == trace.total_fen
    assert "李**" in page.content.decode() and "李大山" not in page.content.decode()


def test_a_paid_order_shows_its_recipients_phone_masked() -> None:
    buyer = make_user()
    order = place_paid(buyer, make_offer())
    page = signed_in(buyer).get(f"/orders/{order.number}/").content.decode()
    assert "138****5678" in page
    assert order.recipient_phone not in page


def test_an_order_leads_to_what_was_said_when_it_was_bought(settings: Any) -> None:
    settings.EDGE_URL = "http://127.0.0.1:9"
    buyer, offer = make_user(), make_offer()
    order = place(buyer, offer, now=NOW + timedelta(minutes=1, seconds=5))
    page, client = f"/orders/{order.number}/", signed_in(buyer)
    without = client.get(page).content.decode()
    assert "1:05" in without
    assert "?t=" not in without
    ReplayPart.objects.create(
        session=offer.session, file="1-1.flv", started_at=NOW, length_ms=600_000
    )
    Replay.objects.create(session=offer.session, length_ms=600_000, made_at=NOW)
    link = f'<a href="/live/{order.session_id}/?t=65">'
    assert link in client.get(page).content.decode()
