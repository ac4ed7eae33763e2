"""The demonstration's offices import direct sales, and the books stay proved."""

import pytest
from django.utils import timezone

from lukou_market.aid.audit_books import audit_books
from lukou_market.aid.models import HouseholdTotal
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.demo.offline_sales import import_offline_sales
from lukou_market.demo.seed import seed_demo
from lukou_market.orders.models import Channel, DirectReversal
from lukou_market.registers.models import ImportRun


@pytest.mark.django_db
def test_a_week_of_receipts_is_imported_once_and_one_reversed() -> None:
    now = timezone.now()
    seed_demo(now=now)
    assert import_offline_sales(now=now) == 5
    post_due_orders(now=now)
    assert {total.channel for total in HouseholdTotal.objects.filter(credited_fen__gt=0)} == {
        *set(Channel.values) - {Channel.LIVESTREAM}
    }
    assert audit_books(with_stripe=False).proved

    assert import_offline_sales(now=now) == 5
    assert (ImportRun.objects.count(), DirectReversal.objects.count()) == (2, 1)
    assert not post_due_orders(now=now)
