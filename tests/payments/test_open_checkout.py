from typing import Any

import pytest
import stripe

from lukou_market.orders.cancel_order import cancel_order
from lukou_market.orders.errors import OrderNotFound
from lukou_market.payments.errors import OrderNotPayable, StripeRefused, StripeUnavailable
from lukou_market.payments.models import Payment
from lukou_market.payments.open_checkout import open_checkout
from tests.factories import ADDRESS, make_user
from tests.payments.shop import Shop


def test_a_checkout_is_open_for_the_whole_order(shop: Shop) -> None:
    order = shop.order(quantity=2)
    payment = shop.checkout(order)
    session = shop.standin.account.get("checkout.session", payment.checkout_session_id or "")
    assert (payment.status, payment.amount_fen) == ("open", 7980)
    assert payment.checkout_url == session["url"]
    assert (session["amount_total"], session["client_reference_id"]) == (7980, str(payment.pk))


def test_the_address_is_kept_with_the_order(shop: Shop) -> None:
    order = shop.order()
    shop.checkout(order)
    order.refresh_from_db()
    assert (order.recipient, order.address) == (ADDRESS.recipient, ADDRESS.text)


def test_another_try_opens_another_session(shop: Shop) -> None:
    order = shop.order()
    assert shop.checkout(order).checkout_url != shop.checkout(order).checkout_url


def test_somebody_elses_order_is_not_found(shop: Shop) -> None:
    order = shop.order()
    with pytest.raises(OrderNotFound):
        open_checkout(buyer_id=make_user().pk, number=order.number, address=ADDRESS, now=shop.now)
    order.refresh_from_db()
    assert (order.address, Payment.objects.count()) == ("", 0)


def test_an_order_past_its_time_is_not_payable(shop: Shop) -> None:
    order = shop.order()
    shop.clock.now = order.pay_by
    with pytest.raises(OrderNotPayable):
        shop.checkout(order)
    assert not Payment.objects.exists()


def test_a_cancelled_order_is_not_payable(shop: Shop) -> None:
    order = shop.order()
    cancel_order(buyer_id=shop.buyer.pk, number=order.number, now=shop.now)
    with pytest.raises(OrderNotPayable):
        shop.checkout(order)
    assert not Payment.objects.exists()


def test_a_silent_stripe_leaves_a_payment_that_the_worker_looks_after(
    shop: Shop, stripe_down: None
) -> None:
    order = shop.order()
    with pytest.raises(StripeUnavailable):
        shop.checkout(order)
    payment = Payment.objects.get()
    assert (payment.status, payment.checkout_session_id) == ("creating", None)
    order.refresh_from_db()
    assert order.status == "placed"


def test_a_refusal_closes_the_payment(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise stripe.InvalidRequestError("too small", "line_items")  # type: ignore[no-untyped-call]

    monkeypatch.setattr(stripe.checkout.SessionService, "create", refuse)
    with pytest.raises(StripeRefused):
        shop.checkout(shop.order())
    assert Payment.objects.get().status == "closed"
