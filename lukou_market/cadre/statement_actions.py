"""A village's statements as one PDF, and the texts that tell households of them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lukou_market.accounts.ask_page import user_of
from lukou_market.accounts.models import User
from lukou_market.cadre.ask import address_of, question_asked
from lukou_market.cadre.trace_views import household_in_view
from lukou_market.kernel.refusals import refusal_shown
from lukou_market.public_notices.print_cards import print_cards
from lukou_market.public_notices.text_statements import ask_for_texts, keep_phone
from lukou_market.public_notices.who_may import may_post
from lukou_market.regions.desk import desk_of
from lukou_market.regions.models import Level
from lukou_market.reports.question import Question


@require_POST
def print_statements_action(request: HttpRequest) -> HttpResponse:
    """POST /admin/statements/print/?region=…: the PDF, or the page that waits for it."""
    question = _of_village(request)
    with refusal_shown(request):
        export, pdf = print_cards(
            village=question.region,
            first_month=question.first_month,
            last_month=question.last_month,
            reason=request.POST.get("reason", ""),
            by=user_of(request),
            now=timezone.now(),
        )
        if not pdf:
            return redirect("cadre:export", export.pk)
        headers = {
            "Content-Disposition": f'attachment; filename="{export.name}"',
            "Cache-Control": "no-store",
        }
        return HttpResponse(pdf, content_type="application/pdf", headers=headers)
    return redirect(reverse("cadre:village-statements") + address_of(question))


@require_POST
def text_statements_action(request: HttpRequest) -> HttpResponse:
    """POST /admin/statements/texts/?region=…: a text to each household, about the last month."""
    question = _of_village(request)
    new = ask_for_texts(
        village=question.region,
        month=question.last_month,
        asked_by=_who_texts(request, question.region.code),
        now=timezone.now(),
    )
    said = ngettext(
        "%d text is on its way. Who was told of this month is not told again.",
        "%d texts are on their way. Who was told of this month is not told again.",
        new,
    )
    messages.success(request, said % new)
    return redirect(reverse("cadre:village-statements") + address_of(question))


@require_POST
def keep_phone_action(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /admin/statements/households/<id>/phone/: where the household's texts go from now on."""
    household = household_in_view(request, pk)
    by = _who_texts(request, household.village_id)
    with refusal_shown(request):
        phone = request.POST.get("phone", "")
        keep_phone(household=household, phone=phone, given_by=by, now=timezone.now())
        messages.success(request, _("Kept. The household may stop the texts on its own page."))
    return redirect("cadre:household-statement", household.pk)


def _of_village(request: HttpRequest) -> Question:
    question = question_asked(request, now=timezone.now())
    if question.region.level != Level.VILLAGE:
        raise Http404
    return question


def _who_texts(request: HttpRequest, village_code: str) -> User:
    if not may_post(desk_of(request), village_code):
        raise PermissionDenied
    return user_of(request)
