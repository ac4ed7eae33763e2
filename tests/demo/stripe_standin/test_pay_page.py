import http.client
from urllib.parse import urlsplit

import pytest
import stripe

from lukou_market.demo.stripe_standin.server import StandIn

from .conftest import NewSession


def call(method: str, url: str | None, body: str = "") -> tuple[int, str, str]:
    """Status, Location and text of the answer."""
    address = urlsplit(str(url))
    connection = http.client.HTTPConnection(address.netloc, timeout=10)
    connection.request(method, address.path, body)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, answer.headers.get("Location", ""), text


def test_the_page_shows_the_amount_and_a_button_for_each_method(new_session: NewSession) -> None:
    status, _, page = call("GET", new_session(123_450).url)
    assert status == 200
    assert "¥1,234.50" in page and "浦湾甜瓜" in page
    for button in ("alipay", "wechat_pay", "card", "decline", "cancel"):
        assert f'id="{button}" name="method" value="{button}"' in page


def test_the_page_offers_only_the_methods_of_its_session(new_session: NewSession) -> None:
    session = new_session(allowed_payment_method_types=["alipay"])
    assert 'id="card"' not in call("GET", session.url)[2]
    assert call("POST", session.url, "method=card")[0] == 400


def test_names_are_escaped(client: stripe.StripeClient, new_session: NewSession) -> None:
    price = {"currency": "cny", "unit_amount": 1, "product_data": {"name": "<script>x"}}
    page = call("GET", new_session(line_items=[{"price_data": price}]).url)[2]
    assert "<script>" not in page and "&lt;script&gt;x" in page


@pytest.mark.parametrize("method", ["alipay", "wechat_pay", "card"])
def test_paying_leads_back_to_the_shop(new_session: NewSession, method: str) -> None:
    session = new_session()
    status, location, _ = call("POST", session.url, f"method={method}")
    assert (status, location) == (303, f"http://shop.test/paid?session={session.id}")


def test_paying_twice_moves_money_once(
    standin: StandIn, client: stripe.StripeClient, new_session: NewSession
) -> None:
    session = new_session(100)
    assert [standin.pay(session.id) for _ in range(2)] == [303, 303]
    assert [row.amount for row in client.v1.balance_transactions.list().data] == [100]


def test_cancelling_leads_back_and_leaves_the_session_open(
    client: stripe.StripeClient, new_session: NewSession
) -> None:
    session = new_session()
    assert call("POST", session.url, "method=cancel")[:2] == (303, "http://shop.test/orders/A1")
    assert client.v1.checkout.sessions.retrieve(session.id).status == "open"


def test_a_declined_payment_can_be_tried_again(
    standin: StandIn, client: stripe.StripeClient, new_session: NewSession
) -> None:
    session = new_session()
    status, _, page = call("POST", session.url, "method=decline")
    assert status == 402 and "付款失败" in page
    declined = client.v1.checkout.sessions.retrieve(session.id)
    intent = client.v1.payment_intents.retrieve(str(declined.payment_intent))
    assert (declined.payment_status, intent.status) == ("unpaid", "requires_payment_method")
    assert standin.pay(session.id) == 303
    assert client.v1.payment_intents.retrieve(intent.id).status == "succeeded"


def test_an_expired_page_says_so(client: stripe.StripeClient, new_session: NewSession) -> None:
    session = new_session()
    client.v1.checkout.sessions.expire(session.id)
    status, _, page = call("GET", session.url)
    assert status == 410 and "已过期" in page


def test_an_unknown_page_is_not_found(standin: StandIn) -> None:
    assert call("GET", f"{standin.base_url}/pay/cs_test_none")[0] == 404
