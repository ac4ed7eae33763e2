import pytest

from lukou_market.demo.stripe_standin.server import StandIn
from lukou_market.orders.cancel_order import cancel_order
from lukou_market.payments.confirm_payments import Received, confirm_payments
from lukou_market.payments.errors import PaymentNotFound
from lukou_market.payments.models import Payment, Refund
from tests.factories import NOW, make_offer, make_user, place
from tests.payments.shop import Clock, Shop, at_once, book


def confirm(payment: Payment, amount_fen: int = 0, intent: str = "pi_1") -> None:
    money = Received(payment.pk, intent, amount_fen or payment.amount_fen)
    confirm_payments(received=[money], now=NOW)
    payment.refresh_from_db()


def test_a_payment_pays_its_order(shop: Shop) -> None:
    order = shop.order()
    payment = shop.checkout(order)
    confirm(payment)
    order.refresh_from_db()
    assert (order.status, order.paid_at) == ("paid", NOW)
    assert (payment.status, payment.applied, payment.paid_at) == ("succeeded", True, NOW)
    assert book() == (3990, 3990)


def test_confirming_again_changes_nothing(shop: Shop) -> None:
    payment = shop.checkout(shop.order())
    for _ in range(3):
        confirm(payment)
    assert (book(), Refund.objects.count()) == ((3990, 3990), 0)


def test_an_unknown_payment_is_not_found(shop: Shop) -> None:
    with pytest.raises(PaymentNotFound):
        confirm_payments(received=[Received(0, "pi_1", 1)], now=NOW)


def given_back(payment: Payment, reason: str) -> None:
    """The payment stands aside, and all of it is on its way back."""
    refund = payment.refunds.get()
    assert (refund.status, refund.reason) == ("approved", reason)
    assert (payment.applied, payment.refunding_fen, refund.amount_fen) == (
        False,
        payment.amount_fen,
        payment.amount_fen,
    )


def test_the_second_payment_of_an_order_goes_back(shop: Shop) -> None:
    order = shop.order()
    first, second = shop.checkout(order), shop.checkout(order)
    confirm(second, intent="pi_2")
    confirm(first, intent="pi_1")
    given_back(first, "paid_twice")
    assert (second.applied, book()) == (True, (7980, 7980))


@pytest.mark.parametrize("amount_fen", [1, 3989, 3991])
def test_another_amount_goes_back_as_it_came(shop: Shop, amount_fen: int) -> None:
    order = shop.order()
    payment = shop.checkout(order)
    confirm(payment, amount_fen)
    given_back(payment, "wrong_amount")
    order.refresh_from_db()
    assert (order.status, book()) == ("placed", (amount_fen, amount_fen))


def test_a_late_payment_takes_stock_again(shop: Shop) -> None:
    order = shop.order(quantity=2)
    payment = shop.checkout(order)
    shop.expire(order)
    confirm(payment)
    shop.offer.refresh_from_db()
    order.refresh_from_db()
    assert (order.status, payment.applied, shop.offer.taken) == ("paid", True, 2)


def test_a_late_payment_goes_back_when_the_stock_is_gone(shop: Shop) -> None:
    order = shop.order()
    payment = shop.checkout(order)
    shop.expire(order)
    for _ in range(2):
        place(make_user(), shop.offer, 5)
    confirm(payment)
    given_back(payment, "paid_late")
    order.refresh_from_db()
    assert order.status == "expired"


def test_a_payment_of_a_cancelled_order_goes_back(shop: Shop) -> None:
    order = shop.order()
    payment = shop.checkout(order)
    cancel_order(buyer_id=shop.buyer.pk, number=order.number, now=NOW)
    confirm(payment)
    given_back(payment, "paid_late")


def test_a_crash_halfway_leaves_nothing_behind(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    order = shop.order()
    payment = shop.checkout(order)

    def crash(**_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("lukou_market.payments.confirm_payments.post_received", crash)
        with pytest.raises(KeyboardInterrupt):
            confirm(payment)
    order.refresh_from_db()
    payment.refresh_from_db()
    assert (order.status, payment.status, book()) == ("placed", "open", (0, 0))
    confirm(payment)
    assert book() == (3990, 3990)


@pytest.mark.django_db(transaction=True)
def test_workers_that_confirm_two_payments_at_once_apply_one(
    standin: StandIn, clock: Clock
) -> None:
    shop = Shop(standin, clock, buyer=make_user(), offer=make_offer())
    order = shop.order()
    payments = [shop.checkout(order), shop.checkout(order)]
    at_once(lambda number: confirm(payments[number % 2], intent=f"pi_{number % 2}"))
    assert sorted(Payment.objects.values_list("applied", flat=True)) == [False, True]
    assert (Refund.objects.get().reason, book()) == ("paid_twice", (7980, 7980))
