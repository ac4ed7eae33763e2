"""The nightly matching: to the fen, whatever webhooks were lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from lukou_market.aid.audit_books import audit_books
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.ledger.models import Transfer
from lukou_market.orders.models import Order
from lukou_market.payments import stripe_gateway
from lukou_market.payments.book import BANK, CLEARING, DISPUTED
from lukou_market.payments.book_movements import FEES
from lukou_market.payments.errors import StripeUnavailable
from lukou_market.payments.explain_discrepancy import explain_discrepancy
from lukou_market.payments.models import (
    BalanceMovement,
    Discrepancy,
    Dispute,
    Payment,
    Payout,
    Refund,
    SettlementRun,
)
from lukou_market.payments.process_webhooks import process_due_webhooks
from lukou_market.payments.queries import matched_until, open_discrepancies
from lukou_market.payments.settle_with_stripe import settle_if_due, settle_with_stripe
from tests.balance import balance_fen
from tests.payments.shop import Shop

FEE_BP, DISPUTE_FEE = 290, 1500


@pytest.fixture
def fees(shop: Shop) -> Shop:
    """Stripe takes its part."""
    shop.standin.account.fee_bp = FEE_BP
    shop.standin.account.dispute_fee = DISPUTE_FEE
    return shop


def intent_of(order: Order) -> str:
    return order.payments.get(applied=True).payment_intent_id or ""


def settle(shop: Shop) -> SettlementRun:
    return settle_with_stripe(now=shop.now)


def post(shop: Shop) -> None:
    while post_due_orders(now=shop.now):
        pass


def assert_proved(shop: Shop) -> None:
    """Nothing is left over, and the book holds exactly what Stripe says it has."""
    post(shop)
    assert list(open_discrepancies()) == []
    assert audit_books(with_stripe=True).findings == []
    assert balance_fen(CLEARING) == stripe_gateway.balance_fen()


def test_a_payout_of_charges_refunds_a_dispute_and_fees_is_matched_to_zero(fees: Shop) -> None:
    orders = [fees.paid_order() for _ in range(3)]
    fees.ask_back(orders[0])
    fees.settle()
    fees.standin.dispute(intent_of(orders[1]), 1000)
    fees.standin.charge_fee(77)
    fees.hear()
    payout = fees.standin.pay_out()
    fees.standin.settle_payout(payout["id"])
    settle(fees)
    fee = (3990 * FEE_BP + 5000) // 10000
    sent = 2 * 3990 - 1000 - 3 * fee - DISPUTE_FEE - 77
    stored = Payout.objects.get()
    assert (stored.amount_fen, stored.status, stored.itemized) == (sent, "paid", True)
    assert stored.movements.count() == BalanceMovement.objects.count() == 7
    assert sum(stored.movements.values_list("net_fen", flat=True)) == 0
    assert (balance_fen(BANK), balance_fen(FEES)) == (sent, 3 * fee + DISPUTE_FEE + 77)
    assert balance_fen(DISPUTED) == 1000
    assert_proved(fees)
    assert balance_fen(CLEARING) == 0


def test_a_payout_that_comes_back_is_at_stripe_again(fees: Shop) -> None:
    fees.paid_order()
    payout = fees.standin.pay_out()
    fees.standin.settle_payout(payout["id"])
    settle(fees)
    assert balance_fen(CLEARING) == 0
    fees.clock.advance(days=3)
    fees.standin.settle_payout(payout["id"], "failed")
    settle(fees)
    assert Payout.objects.get().status == "failed"
    assert (balance_fen(BANK), balance_fen(CLEARING)) == (0, payout["amount"])
    fees.standin.pay_out()
    settle(fees)
    assert balance_fen(BANK) == payout["amount"]
    assert_proved(fees)


def test_matching_again_changes_nothing(fees: Shop) -> None:
    order = fees.paid_order()
    fees.standin.dispute(intent_of(order))
    fees.standin.charge_fee(5)
    settle(fees)
    post(fees)
    before = (Transfer.objects.count(), BalanceMovement.objects.count(), balance_fen(CLEARING))
    settle(fees)
    settle(fees)
    assert before == (
        Transfer.objects.count(), BalanceMovement.objects.count(), balance_fen(CLEARING)
    )  # fmt: skip
    assert_proved(fees)


def lose_a_payment(shop: Shop) -> None:
    shop.pay(shop.checkout(shop.order()))


def lose_a_second_payment(shop: Shop) -> None:
    order = shop.order()
    for payment in (shop.checkout(order), shop.checkout(order)):
        shop.pay(payment)


def lose_a_refund(shop: Shop) -> None:
    shop.standin.refunds_pending(True)
    refund = shop.ask_back(shop.paid_order())
    shop.settle()
    refund.refresh_from_db()
    shop.standin.settle_refund(refund.stripe_id or "")


def lose_the_answer_to_a_refund(shop: Shop) -> None:
    """Stripe has made it; we died before we wrote down its id."""
    refund = shop.ask_back(shop.paid_order())
    intent_id = refund.payment.payment_intent_id or ""
    stripe_gateway.create_refund(
        refund_id=refund.pk, payment_intent_id=intent_id, amount_fen=refund.amount_fen
    )


def lose_an_open_dispute(shop: Shop) -> None:
    shop.standin.dispute(intent_of(shop.paid_order()))


def lose_a_lost_dispute(shop: Shop) -> None:
    opened = shop.standin.dispute(intent_of(shop.paid_order()), 990)
    shop.standin.close_dispute(opened["id"], "lost")


def lose_the_last_word_of_a_dispute(shop: Shop) -> None:
    """It moves no money."""
    opened = shop.standin.dispute(intent_of(shop.paid_order()))
    shop.hear()
    shop.standin.close_dispute(opened["id"], "lost")


def lose_the_victory_in_a_dispute(shop: Shop) -> None:
    opened = shop.standin.dispute(intent_of(shop.paid_order()))
    shop.hear()
    shop.standin.close_dispute(opened["id"], "won")


def lose_a_payment_and_its_dispute(shop: Shop) -> None:
    order = shop.order()
    payment = shop.checkout(order)
    shop.pay(payment)
    session = stripe_gateway.fetch_checkout(payment.checkout_session_id or "")
    shop.standin.dispute(session.payment_intent_id, 1000)


def lose_an_inquiry(shop: Shop) -> None:
    shop.standin.dispute(intent_of(shop.paid_order()), inquiry=True)


@pytest.mark.parametrize(
    "lose",
    [
        lose_a_payment,
        lose_a_second_payment,
        lose_a_refund,
        lose_the_answer_to_a_refund,
        lose_an_open_dispute,
        lose_a_lost_dispute,
        lose_the_last_word_of_a_dispute,
        lose_the_victory_in_a_dispute,
        lose_a_payment_and_its_dispute,
        lose_an_inquiry,
    ],
)
def test_whatever_webhook_is_lost_the_night_heals_it(
    fees: Shop, lose: Callable[[Shop], None]
) -> None:
    """The end is what it would have been, had the webhooks come."""
    lose(fees)
    settle(fees)
    assert_proved(fees)
    healed = _state()
    fees.hear()
    process_due_webhooks(now=fees.now)
    post(fees)
    assert _state() == healed


def _state() -> tuple[object, ...]:
    return (
        list(Order.objects.order_by("id").values_list("status", "refunded_fen")),
        list(Payment.objects.order_by("id").values_list("status", "refunding_fen", "disputed_fen")),
        list(Refund.objects.order_by("id").values_list("status", "amount_fen")),
        list(Dispute.objects.order_by("id").values_list("status", "held_fen")),
        Transfer.objects.count(),
        balance_fen(CLEARING),
    )


def test_a_lost_payment_is_healed_not_only_named(shop: Shop) -> None:
    order = shop.order()
    shop.pay(shop.checkout(order))
    run = settle(shop)
    order.refresh_from_db()
    assert (order.status, run.healed) == ("paid", 1)


def test_one_fen_is_a_discrepancy_until_it_heals(shop: Shop) -> None:
    shop.paid_order()
    Payment.objects.update(amount_fen=3991)
    settle(shop)
    shop.clock.advance(days=2)
    settle(shop)
    found = open_discrepancies().get()
    assert (found.what, found.difference_fen) == ("payment", -1)
    assert (found.first_seen_at, found.last_seen_at) == (shop.now - timedelta(days=2), shop.now)
    Payment.objects.update(amount_fen=3990)
    settle(shop)
    assert not open_discrepancies().exists()
    assert Discrepancy.objects.get().resolved_at == shop.now


def test_what_does_not_heal_stays_open_until_it_is_explained(shop: Shop) -> None:
    order = shop.paid_order()
    stripe_gateway.create_refund(
        refund_id=0, payment_intent_id=intent_of(order), amount_fen=1
    )  # by hand, on Stripe's pages
    settle(shop)
    post(shop)
    assert open_discrepancies().get().difference_fen == -1
    assert audit_books(with_stripe=True).unexplained_fen == 1
    explain_discrepancy(
        discrepancy_id=open_discrepancies().get().pk,
        explanation="客服误操作退款 1 分",
        user_id=shop.buyer.pk,
        now=shop.now,
    )
    shop.clock.advance(days=1)
    settle(shop)
    assert not open_discrepancies().exists()
    assert audit_books(with_stripe=True).findings == []


def test_money_stripe_has_no_movement_for_is_named(shop: Shop) -> None:
    shop.paid_order()
    settle(shop)
    account = shop.standin.account
    with account.change():  # the balance tells another sum than the movements
        movement = account.store.newest_first("balance_transaction")[0]
        account.store.put({**movement, "id": "txn_older", "created": 1})
    settle(shop)
    found = open_discrepancies().get()
    assert (found.what, found.difference_fen) == ("balance", 3990)


def test_the_book_has_fees_in_the_month_they_were_taken_in(fees: Shop) -> None:
    fees.paid_order()  # on 28 June
    fees.clock.advance(days=5)
    settle(fees)
    months = Transfer.objects.filter(code="fee_taken").values_list("journal__month", flat=True)
    assert [str(month) for month in months] == ["2026-06-01"]


def test_it_runs_once_a_night(shop: Shop) -> None:
    assert settle_if_due(now=shop.now)
    assert not settle_if_due(now=shop.now + timedelta(hours=1))
    assert matched_until() == shop.now
    assert settle_if_due(now=shop.now + timedelta(hours=16))  # after three in the morning
    assert SettlementRun.objects.count() == 2


def test_a_night_without_stripe_counts_for_nothing(shop: Shop, settings: Any) -> None:
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    with pytest.raises(StripeUnavailable):
        settle_if_due(now=shop.now)
    assert (matched_until(), SettlementRun.objects.count()) == (None, 0)
