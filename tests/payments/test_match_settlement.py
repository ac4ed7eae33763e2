import pytest

from lukou_market.payments import stripe_gateway
from lukou_market.payments.match_settlement import Difference
from lukou_market.payments.match_settlement import match_settlement as match_stored
from lukou_market.payments.models import Payment, Refund
from lukou_market.payments.pull_settlement import pull_settlement
from tests.factories import NOW
from tests.payments.shop import Shop


def match_settlement() -> list[Difference]:
    """Bring the copy up to date, then match."""
    return pull_settlement(now=NOW).differences + match_stored()


def intent_of(payment: Payment) -> str:
    payment.refresh_from_db()
    return payment.payment_intent_id or ""


def test_nothing_happened_and_nothing_differs(shop: Shop) -> None:
    assert match_settlement() == []


def test_payments_and_refunds_agree_with_stripe(shop: Shop) -> None:
    order = shop.order()
    for payment in (shop.checkout(order), shop.checkout(order)):
        shop.pay(payment)
    shop.hear()
    shop.settle()
    shop.ask_back(order)
    shop.settle()
    assert Refund.objects.filter(status="succeeded").count() == 2
    assert match_settlement() == []


def test_a_payment_we_have_not_heard_of_is_named(shop: Shop) -> None:
    payment = shop.checkout(shop.order())
    shop.pay(payment)
    session = stripe_gateway.fetch_checkout(payment.checkout_session_id or "")
    assert match_settlement() == [Difference("payment", session.payment_intent_id, 3990, 0)]


def test_a_payment_stripe_has_not_heard_of_is_named(shop: Shop) -> None:
    shop.paid_order()
    Payment.objects.update(payment_intent_id="pi_made_up")
    ours = Difference("payment", "pi_made_up", 0, 3990)
    assert ours in match_settlement()


def test_another_amount_is_named(shop: Shop) -> None:
    shop.paid_order()
    Payment.objects.update(amount_fen=3991)
    intent_id = intent_of(Payment.objects.get())
    assert match_settlement() == [Difference("payment", intent_id, 3990, 3991)]


def test_a_refund_made_by_hand_is_named(shop: Shop) -> None:
    shop.paid_order()
    made = stripe_gateway.create_refund(
        refund_id=0, payment_intent_id=intent_of(Payment.objects.get()), amount_fen=5
    )
    assert match_settlement() == [Difference("refund", made.id, -5, 0)]


@pytest.mark.parametrize("outcome", ["", "succeeded", "failed"])
def test_a_refund_on_its_way_or_failed_is_no_difference(shop: Shop, outcome: str) -> None:
    shop.standin.refunds_pending(True)
    refund = shop.ask_back(shop.paid_order())
    shop.settle()
    refund.refresh_from_db()
    if outcome:
        shop.standin.settle_refund(refund.stripe_id or "", outcome)
        shop.hear()
    refund.refresh_from_db()
    assert refund.status == (outcome or "sent")
    assert match_settlement() == []
