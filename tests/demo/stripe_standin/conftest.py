"""A stand-in, the real SDK pointed at it, and a clock that tests move."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import stripe

from lukou_market.demo.stripe_standin.server import StandIn

from .receiver import SECRET, Receiver

NewSession = Callable[..., stripe.checkout.Session]


@dataclass
class Clock:
    """Real time plus whatever a test has let pass."""

    passed_s: float = 0

    def __call__(self) -> float:
        return time.time() + self.passed_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def standin(tmp_path: Path, clock: Clock, receiver: Receiver) -> Iterator[StandIn]:
    with StandIn(
        webhook_url=receiver.url,
        webhook_secret=SECRET,
        state=tmp_path,
        fee_bp=60,
        retry_s=0.01,
        clock=clock,
    ) as standin:
        yield standin


def client_of(standin: StandIn, key: str | None = None) -> stripe.StripeClient:
    return stripe.StripeClient(
        key or standin.api_key,
        base_addresses={"api": standin.base_url},
        max_network_retries=0,
    )


@pytest.fixture
def client(standin: StandIn) -> stripe.StripeClient:
    return client_of(standin)


def session_params(amount_fen: int = 5980, **changes: Any) -> Any:
    """What the shop sends for one box of melons."""
    product = {"name": "浦湾甜瓜 5 斤"}
    price = {"currency": "cny", "unit_amount": amount_fen, "product_data": product}
    params = {
        "mode": "payment",
        "line_items": [{"price_data": price, "quantity": 1}],
        "allowed_payment_method_types": ["alipay", "wechat_pay", "card"],
        "payment_method_options": {"wechat_pay": {"client": "web"}},
        "success_url": "http://shop.test/paid?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://shop.test/orders/A1",
        "client_reference_id": "A1",
        "metadata": {"order": "A1"},
        "payment_intent_data": {"metadata": {"order": "A1"}},
        "locale": "zh",
    }
    return params | changes


@pytest.fixture
def new_session(client: stripe.StripeClient) -> NewSession:
    def create(amount_fen: int = 5980, **changes: Any) -> stripe.checkout.Session:
        return client.v1.checkout.sessions.create(session_params(amount_fen, **changes))

    return create


@pytest.fixture
def paid(standin: StandIn, client: stripe.StripeClient, new_session: NewSession) -> str:
    """The payment intent of a session of 59.80 yuan paid by Alipay."""
    session = new_session()
    assert standin.pay(session.id) == 303
    return str(client.v1.checkout.sessions.retrieve(session.id).payment_intent)
