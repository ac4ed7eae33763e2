"""The demonstration's ring and its buyers close to the sale are held; who is honest is not."""

import pytest
from django.utils import timezone

from lukou_market.aid.audit_books import audit_books
from lukou_market.aid.models import ProducerTotal
from lukou_market.demo.seed import seed_demo
from lukou_market.demo.stripe_standin.server import StandIn
from lukou_market.demo.wash_trading import TITLE, create_wash_trading
from lukou_market.orders.models import Order
from lukou_market.screening.models import SaleFlag
from lukou_market.screening.queries import held_sales
from tests.demo.test_last_month import standin  # noqa: F401

pytestmark = pytest.mark.django_db


def test_the_ring_is_held_one_sale_upheld_one_cleared(standin: StandIn) -> None:  # noqa: F811
    now = timezone.now()
    seed_demo(now=now)
    assert create_wash_trading(now=now)
    assert not create_wash_trading(now=now)
    orders = list(Order.objects.filter(session__title=TITLE).order_by("id"))
    ring, sister, supplier, honest = orders[:6], orders[6], orders[7], orders[8:]
    found = {order.pk: set(order.sale_flags.values_list("rule", "status")) for order in orders}
    of_a_ring = ("shared_payer", "shared_device", "shared_address")
    assert found[ring[0].pk] == {(rule, "upheld") for rule in of_a_ring}
    for order in ring[1:]:
        assert found[order.pk] == {(rule, "open") for rule in of_a_ring}
    assert found[sister.pk] == {("related", "open")}
    assert found[supplier.pk] == {("related", "cleared")}
    assert [found[order.pk] for order in honest] == [set()] * 3
    assert all(flag.reason for flag in SaleFlag.objects.all())

    held = [*ring, sister]
    month = timezone.localdate(orders[0].paid_at).replace(day=1)
    held_fen = sum(order.total_fen for order in held)
    assert held_sales(None, month, month) == (held_fen, len(held))
    [total] = ProducerTotal.objects.filter(producer__name="李家村酱菜基地")
    assert total.held_fen == held_fen
    assert total.gross_fen == sum(order.total_fen for order in orders) - total.held_fen
    assert audit_books(with_stripe=True).proved
