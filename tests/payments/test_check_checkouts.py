from threading import Barrier
from typing import Any

import pytest

from lukou_market.orders.cancel_order import cancel_order
from lukou_market.payments import check_checkouts, checkout_session, stripe_gateway
from lukou_market.payments.check_checkouts import check_open_checkouts, close_stale_checkouts
from lukou_market.payments.errors import StripeUnavailable
from lukou_market.payments.models import Payment, Refund
from lukou_market.payments.stripe_gateway import Checkout
from tests.payments.shop import Shop, book


def status_of(payment: Payment) -> str:
    payment.refresh_from_db()
    return payment.status


def test_a_lost_webhook_is_made_up_for(shop: Shop) -> None:
    payment = shop.checkout(shop.order())
    shop.pay(payment)
    shop.clock.advance(seconds=30)
    assert check_open_checkouts(now=shop.now) == 1
    assert (status_of(payment), payment.applied, book()) == ("succeeded", True, (3990, 3990))


def test_a_session_is_left_alone_for_a_while(shop: Shop) -> None:
    shop.checkout(shop.order())
    shop.clock.advance(seconds=29)
    assert check_open_checkouts(now=shop.now) == 0
    shop.clock.advance(seconds=1)
    assert [check_open_checkouts(now=shop.now) for _ in range(2)] == [1, 0]


def test_a_session_that_expired_unheard_is_closed(shop: Shop) -> None:
    payment = shop.checkout(shop.order())
    shop.clock.advance(minutes=32)
    check_open_checkouts(now=shop.now)
    assert status_of(payment) == "closed"


def test_an_open_session_stays_open(shop: Shop) -> None:
    payment = shop.checkout(shop.order())
    shop.clock.advance(minutes=5)
    check_open_checkouts(now=shop.now)
    assert (status_of(payment), payment.checked_at) == ("open", shop.now)


def half_made(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Payment:
    """Stripe made the session, and we died before we could keep its id."""

    def die(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    order = shop.order()
    with monkeypatch.context() as patch:
        patch.setattr(checkout_session, "Case", die)
        with pytest.raises(KeyboardInterrupt):
            shop.checkout(order)
    payment = Payment.objects.get()
    assert (payment.status, payment.checkout_session_id) == ("creating", None)
    return payment


def test_a_session_made_before_a_crash_is_found_again(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    payment = half_made(shop, monkeypatch)
    shop.clock.advance(minutes=2)
    check_open_checkouts(now=shop.now)
    sessions = shop.standin.account.store.newest_first("checkout.session")
    assert (status_of(payment), [payment.checkout_session_id]) == (
        "open",
        [session["id"] for session in sessions],
    )


def test_a_session_paid_before_we_knew_it_is_confirmed(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    payment = half_made(shop, monkeypatch)
    session = shop.standin.account.store.newest_first("checkout.session")[0]
    shop.standin.pay(session["id"])
    shop.hear()
    assert (status_of(payment), payment.applied) == ("succeeded", True)


def test_a_session_that_was_never_made_is_given_up(shop: Shop, settings: Any) -> None:
    with_stripe, settings.STRIPE_API_BASE = settings.STRIPE_API_BASE, "http://127.0.0.1:9"
    with pytest.raises(StripeUnavailable):
        shop.checkout(shop.order())
    settings.STRIPE_API_BASE = with_stripe
    shop.clock.advance(minutes=2)
    check_open_checkouts(now=shop.now)
    assert status_of(Payment.objects.get()) == "closed"
    assert shop.standin.account.store.newest_first("checkout.session") == []


def test_a_payment_in_the_making_is_given_up_when_its_time_is_over(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    payment = half_made(shop, monkeypatch)
    shop.clock.advance(minutes=31)
    check_open_checkouts(now=shop.now)
    assert status_of(payment) == "closed"


def test_a_silent_stripe_changes_nothing(
    shop: Shop, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_checkouts, "_AT_ONCE", 2)
    payments = [shop.checkout(shop.order()) for _ in range(3)]
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    shop.clock.advance(minutes=1)
    assert check_open_checkouts(now=shop.now) == 2  # asked at once; nobody is asked after them
    assert {status_of(payment) for payment in payments} == {"open"}


def test_stripe_is_asked_about_several_sessions_at_once(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    payments = [shop.checkout(shop.order()) for _ in range(4)]
    shop.pay(payments[2])
    shop.clock.advance(minutes=1)
    fetch, together = stripe_gateway.fetch_checkout, Barrier(4)

    def fetch_together(session_id: str) -> Checkout:
        together.wait(timeout=10)  # raises when the others are not under way
        return fetch(session_id)

    monkeypatch.setattr(stripe_gateway, "fetch_checkout", fetch_together)
    assert check_open_checkouts(now=shop.now) == 4
    assert [status_of(payment) for payment in payments] == ["open", "open", "succeeded", "open"]


def test_a_session_stripe_does_not_know_does_not_stop_the_others(shop: Shop) -> None:
    lost, paid = (shop.checkout(shop.order()) for _ in range(2))
    shop.pay(paid)
    Payment.objects.filter(pk=lost.pk).update(checkout_session_id="cs_lost")
    shop.clock.advance(minutes=1)
    assert check_open_checkouts(now=shop.now) == 2
    assert (status_of(lost), status_of(paid)) == ("open", "succeeded")


def test_an_earlier_session_of_the_order_is_closed(shop: Shop) -> None:
    order = shop.order()
    earlier, later, other = shop.checkout(order), shop.checkout(order), shop.checkout(shop.order())
    shop.clock.advance(seconds=1)
    assert close_stale_checkouts(now=shop.now) == 1
    assert [status_of(payment) for payment in (earlier, later, other)] == ["closed", "open", "open"]
    assert shop.standin.pay(earlier.checkout_session_id or "") == 410


@pytest.mark.parametrize("ending", ["expired", "cancelled", "paid"])
def test_a_session_of_an_order_that_waits_for_no_money_is_closed(shop: Shop, ending: str) -> None:
    order = shop.order()
    payment = shop.checkout(order)
    shop.clock.advance(seconds=1)
    if ending == "expired":
        shop.expire(order)
    elif ending == "cancelled":
        cancel_order(buyer_id=shop.buyer.pk, number=order.number, now=shop.now)
    else:
        shop.pay(shop.checkout(order))
        shop.hear()
        shop.clock.advance(seconds=1)
    assert close_stale_checkouts(now=shop.now) == 1
    assert status_of(payment) == "closed"


def test_stale_sessions_that_were_paid_in_the_meantime_are_settled(shop: Shop) -> None:
    order = shop.order()
    first, second = shop.checkout(order), shop.checkout(order)
    shop.pay(first)
    shop.pay(second)
    shop.clock.advance(seconds=1)
    assert close_stale_checkouts(now=shop.now) == 2
    assert (status_of(first), first.applied) == ("succeeded", True)
    assert (status_of(second), second.applied) == ("succeeded", False)
    assert (Refund.objects.get().reason, book()) == ("paid_twice", (7980, 7980))
