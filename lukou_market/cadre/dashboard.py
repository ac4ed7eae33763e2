"""The admin's first page: this month's four figures and the way to the report."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from lukou_market.cadre.aid_sales import Question, aid_sales
from lukou_market.cadre.ask import address_of, home_regions
from lukou_market.regions.desk import desk_of


def this_month(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Unfold's DASHBOARD_CALLBACK: the figures of each region the person is at home in."""
    now = timezone.now()
    month = timezone.localtime(now).date().replace(day=1)
    questions = [Question(region, month, month) for region in home_regions(desk_of(request))]
    reports = [aid_sales(question, now=now) for question in questions]
    return context | {
        "month": month,
        "reports": [(report, address_of(report.question)) for report in reports],
    }
