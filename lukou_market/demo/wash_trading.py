"""A ring of accounts with one phone, one wallet and one address, and two buyers close to the sale.

Built before the shop opens, like the month before: flagged, held, and decided by other units.
"""

from datetime import datetime, timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from lukou_market.accounts.models import User
from lukou_market.accounts.sign_ins import note_sign_in
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.catalog.models import Sku
from lukou_market.demo.last_month import press_pay
from lukou_market.demo.logins import SECOND_HOST_PHONE
from lukou_market.kernel.encryption import digest
from lukou_market.orders.address import Address, set_address
from lukou_market.orders.models import Order
from lukou_market.orders.place_order import place_order
from lukou_market.payments import stripe_gateway
from lukou_market.payments.checkout_session import follow_session, start_session
from lukou_market.payments.models import Payment
from lukou_market.payments.pull_settlement import pull_settlement
from lukou_market.screening.decide_flag import decide_flag
from lukou_market.screening.models import DeclaredRelation, FlagDecision, SaleFlag
from lukou_market.screening.screen_due import screen_orders
from lukou_market.streams.add_offer import add_offer
from lukou_market.streams.models import Host, LiveSession, Offer
from lukou_market.streams.run_session import end_session
from lukou_market.streams.run_session import start_session as go_live
from lukou_market.streams.schedule_session import schedule_session

TITLE = "一镇一品夜间专场"
_PRODUCT = "李家酱菜"
_RING = [f"1380000003{n}" for n in range(6)]
_COLLECTOR = "13800000036"
_SISTER, _SUPPLIER = "13800000041", "13800000042"
_HONEST = ("13800000051", "13800000052", "13800000053")
_DOOR = "湖南省株洲市天元区泰山路 9 号 3 栋 501"
_VIEWERS = 300


def create_wash_trading(*, now: datetime) -> bool:
    """Sell to all of them, screen, uphold one and clear one; False when it was done before."""
    if LiveSession.objects.filter(title=TITLE).exists():
        return False
    at = now - timedelta(hours=3)
    offer = _offer(at)
    _declare(offer, at)
    for phone in _RING:
        _sign_in(phone, "one-phone", at)
    ring = [
        _sell(offer, phone, _DOOR, at, wallet="one-wallet", to_phone=_COLLECTOR) for phone in _RING
    ]
    sister = _sell(offer, _SISTER, "湖南省株洲市芦淞区人民路 3 号", at)
    supplier = _sell(offer, _SUPPLIER, "湖南省株洲市石峰区响石路 8 号", at)
    honest = [_sell(offer, phone, f"湖南省长沙市岳麓区 {phone}", at) for phone in _HONEST]
    end_session(session_id=offer.session_id, now=at + timedelta(hours=1))
    pull_settlement(now=now)
    while post_due_orders(now=now):
        pass
    orders = [*ring, sister, supplier, *honest]
    screen_orders(order_ids=[order.pk for order in orders], now=now)
    _decide(
        ring[0],
        FlagDecision.Outcome.UPHELD,
        "六个账户同一手机、同一钱包、同一地址，收件人承认代刷",
        now,
    )
    _decide(
        supplier, FlagDecision.Outcome.CLEARED, "供货人自购一箱走亲，价格与他人一致，已核实", now
    )
    while post_due_orders(now=now):
        pass
    return True


def _offer(at: datetime) -> Offer:
    host = Host.objects.get(user__phone_digest=digest(SECOND_HOST_PHONE))
    session = schedule_session(host=host, title=TITLE, scheduled_at=at, now=at)
    go_live(session_id=session.pk, now=at)
    LiveSession.objects.filter(pk=session.pk).update(viewers=_VIEWERS)
    sku = Sku.objects.get(product__name=_PRODUCT)
    return add_offer(
        session=session, sku=sku, price_fen=sku.list_price_fen, quota=50, limit_per_buyer=5
    )


def _declare(offer: Offer, at: datetime) -> None:
    """The host's sister, and who supplies the producer."""
    producer, host = offer.sku.product.producer, offer.session.host
    for phone, kind, to in (
        (_SISTER, DeclaredRelation.Kind.FAMILY, {"user": host.user}),
        (_SUPPLIER, DeclaredRelation.Kind.SUPPLIER, {"producer": producer}),
    ):
        DeclaredRelation.objects.create(
            phone=phone, phone_digest=digest(phone), kind=kind, village=producer.village,
            declared_by=User.objects.get(username="district"), declared_at=at, **to,
        )  # fmt: skip


def _sign_in(phone: str, browser: str, at: datetime) -> None:
    session = SessionStore()
    session.create()
    note_sign_in(
        user=User.objects.for_phone(phone),
        session_key=session.session_key or "",
        user_agent="Android",
        browser=browser,
        now=at,
    )


def _sell(
    offer: Offer, phone: str, text: str, at: datetime, *, wallet: str = "", to_phone: str = ""
) -> Order:
    """Two boxes, paid on the stand-in's page."""
    buyer = User.objects.for_phone(phone)
    placed = place_order(
        buyer_id=buyer.pk,
        key=f"screened-{phone}",
        offer_id=offer.pk,
        quantity=2,
        shown_total_fen=2 * offer.price_fen,
        now=at,
    )
    order = Order.objects.get(number=placed.number)
    set_address(order=order, address=Address("收件人", to_phone or phone, text))
    now = timezone.now()  # the stand-in knows no other
    payment = Payment.objects.create(
        order=order, amount_fen=order.total_fen, created_at=now, checked_at=now
    )
    start_session(payment=payment)
    press_pay(payment.checkout_url, payer=wallet or phone)
    checkout = stripe_gateway.fetch_checkout(payment.checkout_session_id or "")
    follow_session(payment_id=payment.pk, checkout=checkout, now=at)
    return order


def _decide(order: Order, outcome: FlagDecision.Outcome, reason: str, now: datetime) -> None:
    """The district decides about all flags of the order."""
    by = User.objects.get(username="district2")
    for flag in SaleFlag.objects.filter(order=order):
        decide_flag(flag=flag, outcome=outcome, reason=reason, by=by, now=now)
