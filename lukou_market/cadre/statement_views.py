"""Statements (明白卡) to print: one household's, or a village's, some at a time."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lukou_market.access_log.models import Action
from lukou_market.access_log.record_access import record_access
from lukou_market.aid.household_statement import household_statement
from lukou_market.cadre.ask import (
    address_of,
    months_to_choose,
    period_asked,
    question_asked,
    selection_address,
    selection_asked,
)
from lukou_market.cadre.basis import STATEMENT
from lukou_market.cadre.trace_views import household_in_view
from lukou_market.households.models import Household
from lukou_market.regions.models import Level

CARDS_PER_PAGE = 10


@never_cache
@require_safe
def household_statement_page(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /admin/statements/households/<id>/: the card of one household."""
    household = household_in_view(request, pk)
    now = timezone.now()
    selection = selection_asked(request, now=now)
    record_access(
        actor=request.user,
        action=Action.PRINTED,
        subject=f"statement of household {household.number}",
        region_code=household.village_id,
    )
    context = {
        "cards": [
            household_statement(
                household=household,
                first_month=selection.first_month,
                last_month=selection.last_month,
                now=now,
            )
        ],
        "household": household,
        "here": selection_address(selection),
        "months": months_to_choose(selection, now=now),
        "first_month": selection.first_month,
        "last_month": selection.last_month,
        "basis": STATEMENT,
    }
    return render(request, "cadre/statement.html", context)


@never_cache
@require_safe
def village_statements_page(request: HttpRequest) -> HttpResponse:
    """GET /admin/statements/?region=…: the cards of a village's households, ten at a time."""
    now = timezone.now()
    question = question_asked(request, now=now)
    if question.region.level != Level.VILLAGE:
        raise Http404
    households = Household.objects.filter(village=question.region)
    pages = Paginator(households.select_related("village__parent"), CARDS_PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    first_month, last_month = period_asked(request, now=now)
    record_access(
        actor=request.user,
        action=Action.PRINTED,
        subject=f"statements of village {question.region.code}, page {page.number}",
        region_code=question.region.code,
    )
    context = {
        "cards": [
            household_statement(
                household=household, first_month=first_month, last_month=last_month, now=now
            )
            for household in page
        ],
        "village": question.region,
        "page": page,
        "here": address_of(question),
        "months": months_to_choose(question, now=now),
        "first_month": first_month,
        "last_month": last_month,
        "basis": STATEMENT,
    }
    return render(request, "cadre/statement.html", context)
