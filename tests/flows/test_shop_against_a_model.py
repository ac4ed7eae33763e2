"""Random lives of orders, in the real shop and in a model: no drift of a fen or a unit."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from lukou_market.aid.audit_books import audit_books
from lukou_market.aid.models import HouseholdTotal, ProducerTotal
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.demo.stripe_standin.server import StandIn
from lukou_market.fulfilment.pack_order import pack_order
from lukou_market.fulfilment.receive_order import receive_order
from lukou_market.fulfilment.ship_order import ship_order
from lukou_market.kernel.errors import DomainError
from lukou_market.orders.cancel_order import cancel_order
from lukou_market.orders.expire_orders import expire_due_orders
from lukou_market.orders.models import Order
from lukou_market.payments.book import CLEARING, UNAPPLIED
from lukou_market.payments.check_checkouts import close_stale_checkouts
from lukou_market.payments.decide_refund import approve_refund
from lukou_market.payments.models import Payment
from lukou_market.payments.open_checkout import open_checkout
from lukou_market.payments.process_webhooks import process_due_webhooks
from lukou_market.payments.request_refund import request_refund
from lukou_market.payments.send_refunds import send_due_refunds
from lukou_market.streams.models import Offer
from tests.balance import balance_fen
from tests.factories import (
    ADDRESS,
    make_household,
    make_link,
    make_offer,
    make_producer,
    make_session,
    make_sku,
    make_user,
    place,
)
from tests.flows.model import PAGE_LIFE, Model, ModelOffer, ModelOrder, ModelPage
from tests.payments.shop import Clock, deliver

SHARES_BP = (3333, 1667, 999)
EXAMPLES, STEPS, AT_LEAST = 80, 50, 2000

pick = st.integers(0, 10**6)
steps_run = 0


class ShopMachine(RuleBasedStateMachine):
    """Each rule does the same to the shop and to the model, then both are compared."""

    @initialize()
    def open_shop(self) -> None:
        self.savepoint = transaction.savepoint()
        self.clock = Clock()
        self.standin = StandIn(clock=self.clock)
        self.standin.start()
        settings.STRIPE_API_KEY = self.standin.api_key
        settings.STRIPE_API_BASE = self.standin.base_url
        settings.STRIPE_WEBHOOK_SECRET = self.standin.webhook_secret
        producer = make_producer()
        self.households = [make_household() for _ in SHARES_BP]
        for household, share_bp in zip(self.households, SHARES_BP, strict=True):
            make_link(producer, household, share_bp)
        session = make_session()
        self.buyers = [make_user() for _ in range(3)]
        self.model = Model()
        self.offers: list[tuple[Offer, ModelOffer]] = []
        for price, quota, limit in ((1001, 3, 2), (3990, 5, 3)):
            sku = make_sku(producer, price_fen=price)
            offer = make_offer(session, sku=sku, price_fen=price, quota=quota, limit=limit)
            self.offers.append((offer, ModelOffer(price, quota, limit)))
        self.orders: list[tuple[Order, ModelOrder]] = []
        self.pages: list[tuple[Payment, ModelOrder, ModelPage]] = []

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            try:
                self.settle_everything()
            finally:
                self.standin.stop()
                transaction.savepoint_rollback(self.savepoint)

    # What buyers do

    @rule(buyer=st.integers(0, 2), offer=st.integers(0, 1), quantity=st.integers(1, 3))
    def order(self, buyer: int, offer: int, quantity: int) -> None:
        real, model = self.offers[offer]
        expected = self.model.outcome(buyer, model, quantity)

        def try_it() -> None:
            order = place(self.buyers[buyer], real, quantity, now=self.clock.now)
            planned = self.model.place(buyer, model, quantity, self.clock.now)
            self.orders.append((order, planned))

        self.expect(expected if expected != "placed" else None, try_it)

    @precondition(lambda self: self.orders)
    @rule(n=pick)
    def repeat_an_order(self, n: int) -> None:
        order, planned = self.orders[n % len(self.orders)]
        offer = next(real for real, model in self.offers if model is planned.offer)
        again = place(
            order.buyer, offer, planned.quantity, key=order.idempotency_key, now=self.clock.now
        )
        assert again.pk == order.pk

    @precondition(lambda self: self.orders)
    @rule(n=pick)
    def cancel(self, n: int) -> None:
        order, planned = self.orders[n % len(self.orders)]
        ok = planned.status in ("placed", "cancelled")

        def try_it() -> None:
            cancel_order(buyer_id=order.buyer_id, number=order.number, now=self.clock.now)
            self.model.release(planned, "cancelled")

        self.expect(None if ok else "order_not_cancellable", try_it)

    @precondition(lambda self: self.orders)
    @rule(n=pick, twice=st.booleans())
    def check_out(self, n: int, twice: bool) -> None:
        order, planned = self.orders[n % len(self.orders)]
        ok = planned.status == "placed" and self.clock.now < planned.pay_by

        def try_it() -> None:
            payment = open_checkout(
                buyer_id=order.buyer_id, number=order.number, address=ADDRESS, now=self.clock.now
            )
            page = ModelPage(self.clock.now, self.clock.now)
            planned.pages.append(page)
            self.pages.append((payment, planned, page))

        for _ in range(1 + twice):
            self.expect(None if ok else "order_not_payable", try_it)

    @precondition(lambda self: self.pages)
    @rule(n=pick)
    def press_pay(self, n: int) -> None:
        payment, _, page = self.pages[n % len(self.pages)]
        if page.state == "open" and self.clock.now >= page.opened + PAGE_LIFE:
            page.state = "expired"
        status = self.standin.pay(payment.checkout_session_id or "")
        assert status == (410 if page.state in ("expired", "closed") else 303)
        if page.state == "open":
            page.state = "paid"

    @rule(buyer=st.integers(0, 2), offer=st.integers(0, 1))
    def order_and_pay_at_once(self, buyer: int, offer: int) -> None:
        before = len(self.orders)
        self.order(buyer, offer, 1)
        if len(self.orders) > before:
            self.check_out(before, twice=False)
            self.press_pay(len(self.pages) - 1)
            self.hear_any_event(len(self.events()) - 1, copies=1)

    @rule(buyer=st.integers(0, 2), offer=st.integers(0, 1), again=st.integers(0, 3))
    def pay_after_the_reservation_ended(self, buyer: int, offer: int, again: int) -> None:
        """Somebody, perhaps the buyer, may have ordered what the reservation gave back."""
        before = len(self.orders)
        self.order(buyer, offer, 1)
        if len(self.orders) > before:
            self.check_out(before, twice=False)
            page = len(self.pages) - 1
            self.let_time_pass(15)
            self.order(buyer, offer, again or 1)
            self.press_pay(page)
            self.hear_any_event(len(self.events()) - 1, copies=1)

    # What Stripe and time do

    @precondition(lambda self: self.events())
    @rule(n=pick, copies=st.integers(1, 3))
    def hear_any_event(self, n: int, copies: int) -> None:
        """Events come in any order and more than once; some only at the very end."""
        event = self.events()[n % len(self.events())]
        for _ in range(copies):
            deliver(event, now=self.clock.now)
            process_due_webhooks(now=self.clock.now)
        self.model_hears(event)

    @rule(minutes=st.integers(1, 20))
    def let_time_pass(self, minutes: int) -> None:
        self.clock.advance(minutes=minutes)
        expire_due_orders(now=self.clock.now)
        self.model.expire(self.clock.now)

    @rule()
    def close_stale_pages(self) -> None:
        now = self.clock.now
        close_stale_checkouts(now=now)
        for _, order, page in sorted(self.pages, key=lambda row: (row[2].looked_at, row[0].pk)):
            newer = any(later.opened >= page.opened for later in self.open_after(order, page))
            stale = order.status != "placed" or order.pay_by <= now or newer
            if page.heard or page.state == "closed" or page.looked_at >= now or not stale:
                continue
            page.looked_at = now
            if page.state == "paid":
                self.model.hear_paid(order, page)
            else:
                page.state = "expired"

    @rule()
    def send_refunds(self) -> None:
        send_due_refunds(now=self.clock.now)
        self.model.given_back_surplus = self.model.surplus

    # What the village does

    @precondition(lambda self: self.in_status("paid"))
    @rule(n=pick)
    def ship_the_next_box(self, n: int) -> None:
        """But the last one: it leaves, and the rest is still here."""
        order, planned = self.one_of("paid", n=n)
        if planned.sent + 1 < planned.quantity:
            self.ship(order, planned, boxes=1)

    @precondition(lambda self: self.in_status("paid"))
    @rule(n=pick)
    def pack_ship_and_receive(self, n: int) -> None:
        order, planned = self.one_of("paid", n=n)
        self.ship(order, planned, boxes=planned.quantity - planned.sent)
        receive_order(buyer_id=order.buyer_id, number=order.number, now=self.clock.now)
        planned.status, planned.was_received = "received", True

    def ship(self, order: Order, planned: ModelOrder, *, boxes: int) -> None:
        first_box, now = planned.sent + 1, self.clock.now
        pack_order(
            order_id=order.pk, packer=self.buyers[0], packed_g=2500 * boxes, now=now,
            first_box=first_box, boxes=boxes,
        )  # fmt: skip
        ship_order(
            order_id=order.pk, carrier="ems", tracking_number=f"E{order.pk}-{first_box}", now=now,
            first_box=first_box,
        )  # fmt: skip
        planned.sent += boxes

    @precondition(lambda self: self.in_status("paid", "received"))
    @rule(n=pick, part=st.just(Fraction(1)) | st.fractions(0, 1))
    def refund(self, n: int, part: Fraction) -> None:
        """All that is left, or a part of it."""
        order, planned = self.one_of("paid", "received", n=n)
        amount = max(1, int(planned.net * part))
        refund = request_refund(
            buyer_id=order.buyer_id, number=order.number, amount_fen=amount, note="",
            now=self.clock.now,
        )  # fmt: skip
        approve_refund(refund_id=refund.pk, now=self.clock.now)
        self.send_refunds()
        self.model.refund(planned, amount)

    @precondition(lambda self: self.in_status("paid", "received"))
    @rule(n=pick, part=st.just(Fraction(1)) | st.fractions(0, 1), lost=st.booleans())
    def dispute(self, n: int, part: Fraction, lost: bool) -> None:
        """The buyer's bank takes all that is left, or a part of it; the last word comes first."""
        order, planned = self.one_of("paid", "received", n=n)
        amount = max(1, int(planned.net * part))
        payment = order.payments.get(applied=True)
        before = len(self.events())
        opened = self.standin.dispute(payment.payment_intent_id or "", amount)
        self.standin.close_dispute(opened["id"], "lost" if lost else "won")
        for event in self.events()[: before - 1 : -1]:
            deliver(event, now=self.clock.now)
            process_due_webhooks(now=self.clock.now)
        if lost:
            self.model.refund(planned, amount)

    @precondition(lambda self: self.in_status("paid", "received"))
    @rule(n=pick)
    def ask_for_too_much(self, n: int) -> None:
        order, planned = self.one_of("paid", "received", n=n)

        def try_it() -> None:
            request_refund(
                buyer_id=order.buyer_id, number=order.number, amount_fen=planned.net + 1, note="",
                now=self.clock.now,
            )  # fmt: skip

        self.expect("refund_too_large", try_it)

    @rule(limit=st.integers(1, 20))
    def post(self, limit: int) -> None:
        post_due_orders(now=self.clock.now, limit=limit)

    # What must hold

    @invariant()
    def statuses_and_stock_are_as_planned(self) -> None:
        global steps_run
        steps_run += 1
        if not hasattr(self, "orders"):
            return
        rows = dict(Order.objects.values_list("pk", "status"))
        assert {order.pk: planned.status for order, planned in self.orders} == {
            pk: {"completed": "received", "packed": "paid"}.get(status, status)
            for pk, status in rows.items()
        }
        for real, model in self.offers:
            real.refresh_from_db()
            assert real.taken == model.taken <= model.quota

    def settle_everything(self) -> None:
        """Every message arrives at last; then all books agree, with each other and the model."""
        for event in self.events():
            deliver(event, now=self.clock.now)
            process_due_webhooks(now=self.clock.now)
            self.model_hears(event)
        self.statuses_and_stock_are_as_planned()
        self.send_refunds()
        while post_due_orders(now=self.clock.now):
            pass
        assert audit_books(with_stripe=True).findings == []
        self.money_is_as_planned()

    def money_is_as_planned(self) -> None:
        orders = self.model.orders
        net = sum(order.net for order in orders)
        assert balance_fen(CLEARING) == net
        assert balance_fen(UNAPPLIED) == 0
        producers = ProducerTotal.objects.all()
        assert sum(row.gross_fen - row.refunded_fen for row in producers) == net
        received = [order for order in orders if order.was_received]
        for household, share_bp in zip(self.households, SHARES_BP, strict=True):
            totals = HouseholdTotal.objects.filter(household=household)
            credited = sum(row.credited_fen - row.reversed_fen for row in totals)
            exact = Fraction(sum(order.net for order in received) * share_bp, 10_000)
            roundings = sum(2 + bool(order.refunded) * 20 for order in received)
            assert abs(credited - exact) <= roundings

    # Small things

    def events(self) -> list[dict[str, Any]]:
        return self.standin.account.store.newest_first("event")[::-1]

    def model_hears(self, event: dict[str, Any]) -> None:
        session = event["data"]["object"]
        if event["type"] == "checkout.session.completed":
            for payment, order, page in self.pages:
                if payment.checkout_session_id == session["id"]:
                    self.model.hear_paid(order, page)
        elif event["type"] == "checkout.session.expired":
            for payment, _, page in self.pages:
                if payment.checkout_session_id == session["id"]:
                    page.state = "closed"

    def open_after(self, order: ModelOrder, page: ModelPage) -> list[ModelPage]:
        later = order.pages[order.pages.index(page) + 1 :]
        return [other for other in later if not other.heard and other.state != "closed"]

    def in_status(self, *statuses: str) -> list[tuple[Order, ModelOrder]]:
        return [(order, planned) for order, planned in self.orders if planned.status in statuses]

    def one_of(self, *statuses: str, n: int) -> tuple[Order, ModelOrder]:
        rows = self.in_status(*statuses)
        return rows[n % len(rows)]

    def expect(self, code: str | None, act: Callable[[], None]) -> None:
        """`act` succeeds, or is refused with `code` and changes nothing."""
        if code is None:
            act()
            return
        with pytest.raises(DomainError) as refusal:
            act()
        assert refusal.value.code == code


@pytest.mark.django_db
@pytest.mark.usefixtures("as_application")
def test_the_shop_and_its_model_never_drift_apart(settings: Any) -> None:
    global steps_run
    steps_run = 0
    run_state_machine_as_test(
        ShopMachine,
        settings=hypothesis_settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert steps_run >= AT_LEAST
