"""The month before this one: a small stream, received, closed, reported and posted; then a refund.

Built before the shop opens, so that nobody else works on these orders: what would take
weeks happens at once, at the times it would have happened.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPConnection
from urllib.parse import urlsplit

from django.utils import timezone

from lukou_market.accounts.models import User
from lukou_market.aid.close_period import is_signed, prepare_period, sign_period
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.catalog.models import Sku
from lukou_market.demo.logins import PACKER_PHONE, SECOND_HOST_PHONE
from lukou_market.demo.notices import hang_notices
from lukou_market.demo.village_reports import send_reports
from lukou_market.fulfilment.models import Carrier
from lukou_market.fulfilment.pack_order import pack_order
from lukou_market.fulfilment.receive_order import receive_order
from lukou_market.fulfilment.ship_order import ship_order
from lukou_market.kernel.encryption import digest
from lukou_market.orders.address import Address, set_address
from lukou_market.orders.models import Order
from lukou_market.orders.place_order import place_order
from lukou_market.payments import stripe_gateway
from lukou_market.payments.checkout_session import follow_session, start_session
from lukou_market.payments.decide_refund import approve_refund
from lukou_market.payments.models import Payment, Refund
from lukou_market.payments.request_refund import request_refund
from lukou_market.streams.add_offer import add_offer
from lukou_market.streams.models import Host, LiveSession, Offer
from lukou_market.streams.run_session import end_session
from lukou_market.streams.run_session import start_session as go_live
from lukou_market.streams.schedule_session import schedule_session

TITLE = "一镇一品上月专场"
_BUYERS = {"13800000011": "醴陵买家", "13800000012": "攸县买家", "13800000013": "茶陵买家"}
_PRODUCTS = ("南塘山泉水", "李家酱菜")


@dataclass(frozen=True, slots=True)
class _Times:
    """When it happened: the middle of the month before."""

    live: datetime

    @classmethod
    def before(cls, now: datetime) -> "_Times":
        first = timezone.localtime(now).replace(day=1, hour=20, minute=0, second=0, microsecond=0)
        return cls((first - timedelta(days=1)).replace(day=15))

    @property
    def over(self) -> datetime:
        return self.live + timedelta(hours=2)

    @property
    def shipped(self) -> datetime:
        return self.live + timedelta(days=1)

    @property
    def received(self) -> datetime:
        return self.live + timedelta(days=4)


def create_last_month(*, now: datetime) -> bool:
    """Sell, close and refund; False when it was done before. Stripe has to be the stand-in."""
    times = _Times.before(now)
    if LiveSession.objects.filter(title=TITLE).exists():
        return False
    for offer in _offers(times):
        for buyer in _buyers():
            _sell(offer, buyer, times)
    end_session(session_id=LiveSession.objects.get(title=TITLE).pk, now=times.over)
    while post_due_orders(now=times.received):
        pass
    month = times.live.date().replace(day=1)
    district = User.objects.get(username="district")
    prepare_period(month=month, prepared_by=district, now=now)
    sign_period(month=month, signed_by=User.objects.get(username="district2"), now=now)
    send_reports(month=month, now=now)
    hang_notices(month=month, now=now)
    _refund_a_quarter(Order.objects.filter(session__title=TITLE).earliest("id"), now)
    return is_signed(month)


def _offers(times: _Times) -> list[Offer]:
    """Those of a session that is live as long as this takes."""
    host = Host.objects.get(user__phone_digest=digest(SECOND_HOST_PHONE))
    session = schedule_session(host=host, title=TITLE, scheduled_at=times.live, now=times.live)
    go_live(session_id=session.pk, now=times.live)
    skus = Sku.objects.filter(product__name__in=_PRODUCTS).order_by("id")
    return [
        add_offer(
            session=session, sku=sku, price_fen=sku.list_price_fen, quota=50, limit_per_buyer=5
        )
        for sku in skus
    ]


def _buyers() -> list[User]:
    buyers = [User.objects.for_phone(phone) for phone in _BUYERS]
    for buyer, name in zip(buyers, _BUYERS.values(), strict=True):
        User.objects.filter(pk=buyer.pk).update(display_name=name)
    return buyers


def _sell(offer: Offer, buyer: User, times: _Times) -> None:
    placed = place_order(
        buyer_id=buyer.pk,
        key=f"last-month-{offer.pk}-{buyer.pk}",
        offer_id=offer.pk,
        quantity=2,
        shown_total_fen=2 * offer.price_fen,
        now=times.live,
    )
    order = Order.objects.get(number=placed.number)
    _pay(order, times)
    packer = User.objects.get(phone_digest=digest(PACKER_PHONE))
    packed_g = sum(line.weight_g for line in order.lines.all())
    pack_order(order_id=order.pk, packer=packer, packed_g=packed_g, now=times.shipped)
    ship_order(
        order_id=order.pk,
        carrier=Carrier.EMS,
        tracking_number=f"EL{order.pk:09d}CN",
        now=times.shipped,
    )
    receive_order(buyer_id=buyer.pk, number=order.number, now=times.received)


def _pay(order: Order, times: _Times) -> None:
    """On the stand-in's page, which knows no time but this very moment."""
    now = timezone.now()
    address = Address(recipient="刘先生", phone="13800000011", text="湖南省株洲市天元区珠江路 1 号")
    set_address(order=order, address=address)
    payment = Payment.objects.create(
        order=order, amount_fen=order.total_fen, created_at=now, checked_at=now
    )
    start_session(payment=payment)
    press_pay(payment.checkout_url)
    checkout = stripe_gateway.fetch_checkout(payment.checkout_session_id or "")
    follow_session(payment_id=payment.pk, checkout=checkout, now=times.live)


def press_pay(page: str, payer: str = "") -> None:
    """The button on the pay page; where it leads back to is not open yet. `payer`: whose wallet."""
    address = urlsplit(page)
    connection = HTTPConnection(address.netloc, timeout=10)
    body = f"method=alipay&payer={payer}" if payer else "method=alipay"
    connection.request("POST", address.path, body=body)
    connection.getresponse().read()
    connection.close()


def _refund_a_quarter(order: Order, now: datetime) -> Refund:
    """After the signature: the workers send it as soon as the shop opens."""
    refund = request_refund(
        buyer_id=order.buyer_id,
        number=order.number,
        amount_fen=order.total_fen // 4,
        note="少了两瓶",
        now=now,
    )
    return approve_refund(refund_id=refund.pk, now=now)
