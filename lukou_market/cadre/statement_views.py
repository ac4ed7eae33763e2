"""Statements (明白卡) to print: one household's, or a village's, some at a time."""

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lukou_market.access_log.models import Action
from lukou_market.access_log.record_access import record_access
from lukou_market.cadre.ask import (
    address_of,
    months_to_choose,
    period_asked,
    question_asked,
    selection_address,
    selection_asked,
)
from lukou_market.cadre.trace_views import household_in_view
from lukou_market.households.models import Household
from lukou_market.kernel.masking import mask_phone
from lukou_market.kernel.qr_code import qr_svg
from lukou_market.public_notices.card_words import BASIS, how_to_object
from lukou_market.public_notices.models import HouseholdPhone
from lukou_market.public_notices.numbered_statement import (
    NumberedStatement,
    numbered_statements,
    typed_address,
)
from lukou_market.public_notices.terms import terms_in_force
from lukou_market.public_notices.who_may import may_post
from lukou_market.regions.desk import desk_of
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
    months = {"first_month": selection.first_month, "last_month": selection.last_month}
    context = {
        **months,
        "cards": _cards(numbered_statements(households=[household], **months, now=now)),
        "household": household,
        "phone": _phone(household),
        "may_text": may_post(desk_of(request), household.village_id),
        "here": selection_address(selection),
        "months": months_to_choose(selection, now=now),
        **_words(),
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
    months = {"first_month": first_month, "last_month": last_month}
    record_access(
        actor=request.user,
        action=Action.PRINTED,
        subject=f"statements of village {question.region.code}, page {page.number}",
        region_code=question.region.code,
    )
    wanting = HouseholdPhone.objects.filter(household__village=question.region, no_texts_since=None)
    context = {
        **months,
        "cards": _cards(numbered_statements(households=list(page), **months, now=now)),
        "village": question.region,
        "may_text": may_post(desk_of(request), question.region.code),
        "phones": wanting.count(),
        "page": page,
        "here": address_of(question),
        "months": months_to_choose(question, now=now),
        **_words(),
    }
    return render(request, "cadre/statement.html", context)


def _cards(numbered: Iterator[NumberedStatement]) -> list[tuple[NumberedStatement, str]]:
    """Each with its QR code."""
    return [(each, qr_svg(each.address)) for each in numbered]


def _words() -> dict[str, object]:
    days = terms_in_force(now=timezone.now()).answer_days
    return {"basis": BASIS, "how_to_object": how_to_object(typed_address(), days)}


def _phone(household: Household) -> str:
    """The phone its texts go to, masked; empty where there is none or it wants no texts."""
    kept = HouseholdPhone.objects.filter(household=household, no_texts_since=None).first()
    return mask_phone(kept.phone) if kept else ""
