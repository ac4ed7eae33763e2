"""The demonstration's month before this one is closed, and restated by a refund."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from lukou_market.aid.audit_books import audit_books
from lukou_market.aid.models import Period
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.aid.restate_period import restate_period
from lukou_market.aid.verifier.verify_period import check
from lukou_market.aid.write_period import export_period
from lukou_market.demo.last_month import TITLE, create_last_month
from lukou_market.demo.seed import seed_demo
from lukou_market.demo.stripe_standin.server import StandIn
from lukou_market.households.models import Household
from lukou_market.orders.models import Order
from lukou_market.payments.send_refunds import send_due_refunds
from lukou_market.public_notices.models import Objection, PublicNotice, StatementCard
from lukou_market.village_reports.models import VillageReport
from lukou_market.village_reports.restate_report import restate_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def standin(settings: Any) -> Iterator[StandIn]:
    with StandIn() as standin:
        settings.STRIPE_API_KEY = standin.api_key
        settings.STRIPE_API_BASE = standin.base_url
        yield standin


def test_last_month_is_closed_and_a_refund_restates_it(standin: StandIn) -> None:
    now = timezone.now()
    seed_demo(now=now)
    assert create_last_month(now=now)
    assert not create_last_month(now=now)

    period = Period.objects.get()
    signed = export_period(period)
    this_month = timezone.localdate(now).replace(day=1)
    assert period.month == date(
        this_month.year - (this_month.month == 1), (this_month.month - 2) % 12 + 1, 1
    )
    assert check(signed)["districts"] == ["430212000000"]
    assert (period.prepared_by.username, period.signed_by.username) == ("district", "district2")  # type: ignore[union-attr]
    assert {order.status for order in Order.objects.filter(session__title=TITLE)} == {"received"}

    reports = VillageReport.objects.order_by("village", "version")
    assert [report.status for report in reports] == ["returned", "published", "published"]
    assert all(report.month == period.month for report in reports)

    notices = PublicNotice.objects.order_by("village")
    assert [notice.report for notice in notices] == [r for r in reports if r.status == "published"]
    assert all(notice.photos.count() == 1 for notice in notices)
    answered, open_ = Objection.objects.order_by("id")
    assert (answered.status, open_.status) == ("rejected", "received")
    assert answered.notice == open_.notice == notices[0]
    households = Household.objects.filter(village__in=[notice.village for notice in notices])
    assert StatementCard.objects.count() == households.count() > 0

    send_due_refunds(now=now)
    post_due_orders(now=now)
    restated = restate_period(period)
    assert len(restated.events) == 1
    assert restated.sales.later_fen < 0 > restated.credits.later_fen
    assert export_period(Period.objects.get()) == signed
    published = [report for report in reports if report.status == "published"]
    later_fen = sum(restate_report(report).sales.later_fen for report in published)
    assert later_fen == restated.sales.later_fen
    assert audit_books(with_stripe=True).proved
