"""The receipt as whoever holds its link sees it."""

import logging
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from lukou_market.aid.post_orders import post_due_orders
from lukou_market.aid.posting_rules import SHIPPING
from lukou_market.kernel.secret_paths import HideSecretPaths
from lukou_market.orders.address import set_address
from lukou_market.orders.mark_paid import mark_paid
from lukou_market.orders.models import Order, ReceiptLink
from lukou_market.orders.record_refund import record_refund
from lukou_market.orders.share_receipt import share_receipt
from lukou_market.payments.models import BalanceMovement, Payment
from lukou_market.storefront.receipt import receipt_of
from lukou_market.streams.models import Offer
from tests.balance import balance_fen
from tests.factories import (
    ADDRESS,
    NOW,
    charge,
    make_household,
    make_link,
    make_offer,
    make_producer,
    make_region,
    make_sku,
    make_user,
    place,
    place_paid,
)
from tests.storefront.pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    """Three households share 60 % of a box of 39.90 yuan."""
    village = make_region("430212101001", "浦湾村")
    producer = make_producer("浦湾甜瓜专业合作社", village)
    for head, share_bp in (("李大山", 3000), ("王秀英", 2000), ("陈国强", 1000)):
        make_link(producer, make_household(village=village, head=head), share_bp)
    return place_paid(make_user("赵买家"), make_offer(sku=make_sku(producer)))


def address(order: Order) -> str:
    return f"/r/{share_receipt(buyer_id=order.buyer_id, number=order.number, now=NOW)}"


def test_it_says_what_was_bought_and_where_each_fen_went(client: Client, order: Order) -> None:
    page = client.get(address(order))
    assert [str(part) for part in page.context["receipt"].parts] == [
        "¥23.94 给浦湾村 3 户",
        "¥15.96 给浦湾甜瓜专业合作社",
    ]
    shown = page.content.decode()
    for words in ("¥39.90", "5 斤（2.5 公斤）", "浦湾村", "浦湾甜瓜专业合作社", "入股分红", "李**"):
        assert words in shown


def test_it_names_neither_the_buyer_nor_a_household(client: Client, order: Order) -> None:
    shown = client.get(address(order)).content.decode()
    phone = order.buyer.phone
    secrets = ["赵买家", "李大山", "王秀英", order.number, ADDRESS.text, ADDRESS.recipient]
    for secret in [*secrets, ADDRESS.phone, phone, phone[-4:]]:
        assert secret not in shown


def test_a_household_that_sells_by_itself_is_masked_too(client: Client) -> None:
    household = make_household(head="周小满")
    producer = make_producer("周小满家庭农场")
    producer.kind, producer.household = "household", household
    producer.save()
    order = place_paid(make_user(), make_offer(sku=make_sku(producer)))
    shown = client.get(address(order)).content.decode()
    assert "周**" in shown and "周小满" not in shown


@pytest.mark.parametrize("back_fen", [1, 1990, 3990])
def test_a_refund_changes_it_and_the_parts_still_sum_to_what_was_paid(
    client: Client, order: Order, back_fen: int
) -> None:
    where = address(order)
    record_refund(order=order, amount_fen=back_fen, now=NOW)
    receipt = client.get(where).context["receipt"]
    assert receipt.parts[-1].amount_fen == back_fen
    assert receipt.parts[-1].to_whom == "退给买家"
    assert sum(part.amount_fen for part in receipt.parts) == order.total_fen
    assert sum(row.amount_fen for row in receipt.rows) == order.total_fen - back_fen


@pytest.fixture
def charged(order: Order) -> Order:
    """With 8 yuan for shipping, and 5 yuan of it paid by the union."""
    other = place(make_user(), Offer.objects.get(lines__order=order))
    charge(other, shipping_fen=800, discount_fen=500)
    set_address(order=other, address=ADDRESS)
    mark_paid(orders=[other], now=NOW)
    return other


def test_shipping_and_voucher_are_part_of_it(client: Client, charged: Order) -> None:
    page = client.get(address(charged))
    receipt = page.context["receipt"]
    assert [str(part) for part in receipt.parts] == [
        "¥23.94 给浦湾村 3 户",
        "¥15.96 给浦湾甜瓜专业合作社",
        "¥8.00 用于运费",
    ]
    assert receipt.money.by_buyer_fen == charged.due_fen == 4290
    shown = page.content.decode()
    for words in ("¥47.90", "买家付 ¥42.90，区总工会付 ¥5.00", "−¥5.00", "运费"):
        assert words in shown


@pytest.mark.parametrize("back_fen", [1, 1990, 3990, 3991, 4289, 4290])
def test_with_shipping_and_voucher_it_adds_up_after_any_refund(
    client: Client, charged: Order, back_fen: int
) -> None:
    where = address(charged)
    record_refund(order=charged, amount_fen=back_fen, now=NOW)
    receipt = client.get(where).context["receipt"]
    money = receipt.money
    assert money.total_fen == money.by_buyer_fen + money.discount_fen == 4790
    assert sum(part.amount_fen for part in receipt.parts) == money.total_fen
    assert money.back_to_buyer_fen == back_fen
    assert money.back_to_issuer_fen == (500 if back_fen == charged.due_fen else 0)
    rows = sum(row.amount_fen for row in receipt.rows)
    footer = money.shipping_kept_fen + money.back_to_buyer_fen + money.back_to_issuer_fen
    assert rows + footer == money.total_fen


def test_what_it_says_is_what_the_book_has(client: Client, charged: Order) -> None:
    record_refund(order=charged, amount_fen=4000, now=NOW)
    while post_due_orders(now=NOW):
        pass
    money = receipt_of(charged).money
    assert -balance_fen(SHIPPING) == money.shipping_kept_fen == 790
    assert receipt_of(charged).trace.net_fen == 0


def test_the_fee_is_told_once_the_book_has_it(client: Client, charged: Order) -> None:
    payment = Payment.objects.create(
        order=charged, amount_fen=charged.due_fen, created_at=NOW, checked_at=NOW
    )
    payment.status, payment.paid_at, payment.applied = "succeeded", NOW, True
    payment.payment_intent_id = "pi_1"
    payment.save()
    movement = BalanceMovement.objects.create(
        stripe_id="txn_1", kind="charge", reference="pi_1", amount_fen=4290, fee_fen=124,
        net_fen=4166, created_at=NOW, available_at=NOW,
    )  # fmt: skip
    where = address(charged)
    assert "¥1.24" not in client.get(where).content.decode()
    BalanceMovement.objects.filter(pk=movement.pk).update(booked=True)
    assert "¥1.24" in client.get(where).content.decode()


def test_its_address_is_told_to_nobody(client: Client, order: Order) -> None:
    where = address(order)
    for path in (where, f"{where}/picture.png", "/r/no-such-token"):
        headers = client.get(path).headers
        assert headers["Referrer-Policy"] == "strict-origin"
        assert "noindex" in headers["X-Robots-Tag"]
        assert "no-store" in headers["Cache-Control"]


def test_no_token_is_logged(client: Client, order: Order, caplog: pytest.LogCaptureFixture) -> None:
    hide = HideSecretPaths()
    token = address(order).removeprefix("/r/")
    ReceiptLink.objects.all().delete()
    caplog.handler.addFilter(hide)
    with caplog.at_level(logging.DEBUG):
        client.get(f"/r/{token}")
        client.get(f"/r/{token}/picture.png")
    caplog.handler.removeFilter(hide)
    assert "/r/…" in caplog.text and token not in caplog.text


def test_the_picture_is_a_png_that_can_be_sent(client: Client, order: Order) -> None:
    answer = client.get(f"{address(order)}/picture.png")
    picture = Image.open(BytesIO(answer.content))
    assert (answer.headers["Content-Type"], picture.format) == ("image/png", "PNG")
    assert picture.width == 750 and 700 < picture.height < 1500
    assert len(answer.content) < 60_000


def test_a_link_that_ended_says_so(client: Client, order: Order) -> None:
    where = address(order)
    signed_in(order.buyer).post(f"/orders/{order.number}/receipt/end/")
    gone = client.get(where)
    assert gone.status_code == 404 and "¥39.90" not in gone.content.decode()
    assert client.get(f"{where}/picture.png").status_code == 404


def test_the_buyer_makes_the_link_on_the_orders_page_and_makes_it_anew(order: Order) -> None:
    buyer = signed_in(order.buyer)
    page = f"/orders/{order.number}/"
    assert not buyer.get(page).context["receipt_token"]
    first = buyer.post(f"{page}receipt/", follow=True).context["receipt_token"]
    assert f'href="/r/{first}"' in buyer.get(page).content.decode()
    second = buyer.post(f"{page}receipt/", follow=True).context["receipt_token"]
    assert first != second and receipt_of(order).trace.number == order.number
    assert buyer.get(f"/r/{first}").status_code == 404


@pytest.mark.parametrize("step", ["receipt/", "receipt/end/"])
def test_nobody_else_makes_or_ends_a_link(order: Order, step: str) -> None:
    where = address(order)
    assert signed_in(make_user()).post(f"/orders/{order.number}/{step}").status_code == 404
    assert Client().get(where).status_code == 200
