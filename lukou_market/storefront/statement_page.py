"""A household's statement (明白卡), opened by the number on its card; disputes of its lines."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lukou_market.aid.household_statement import household_statement
from lukou_market.kernel.errors import DomainError
from lukou_market.public_notices.card_words import BASIS
from lukou_market.public_notices.errors import CardNotFound, TooManyTries
from lukou_market.public_notices.issue_card import card_of
from lukou_market.public_notices.models import HouseholdPhone, StatementCard
from lukou_market.public_notices.object_to_notice import dispute_line
from lukou_market.public_notices.terms import terms_in_force
from lukou_market.public_notices.text_statements import stop_texts
from lukou_market.storefront.public_notices import count_try

_LOOKS_PER_HOUR, _DISPUTES_PER_HOUR = 120, 20
_DISCREET = {"Referrer-Policy": "strict-origin", "X-Robots-Tag": "noindex, nofollow, noarchive"}


class CardNumberForm(forms.Form):
    """The number of a card."""

    number = forms.CharField(
        label=gettext_lazy("Number of the card"), max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )  # fmt: skip


class DisputeForm(forms.Form):
    """Which sale, and what is wrong with it."""

    order_number = forms.CharField(
        label=gettext_lazy("Order (empty: the whole statement)"), max_length=24, required=False
    )
    text = forms.CharField(
        label=gettext_lazy("What seems wrong"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Your phone (if you like)"), max_length=20, required=False
    )


@never_cache
@require_http_methods(["GET", "POST"])
def statement_by_number(request: HttpRequest) -> HttpResponse:
    """Type the number of a card."""
    form = CardNumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count_try(request, "card-looks", _LOOKS_PER_HOUR)
            found = card_of(form.cleaned_data["number"])
        except DomainError as refusal:
            form.add_error("number", str(refusal))
        else:
            return redirect("storefront:statement", number=found.number)
    return render(request, "storefront/statement.html", {"number_form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def statement(request: HttpRequest, number: str) -> HttpResponse:
    """The card of this number; POST disputes a line, or stops the texts (`texts=no`)."""
    try:
        count_try(request, "card-looks", _LOOKS_PER_HOUR)
        card = card_of(number)
    except (CardNotFound, TooManyTries) as refusal:
        context = {"refusal": refusal, "number_form": CardNumberForm()}
        return render(request, "storefront/statement.html", context, status=refusal.status)
    form = DisputeForm(request.POST or None)
    answer = None
    if request.method == "POST":
        answer = (
            _stopped(request, card) if "texts" in request.POST else _disputed(request, card, form)
        )
    response = answer or render(request, "storefront/statement.html", _context(card, form))
    for name, value in _DISCREET.items():
        response.headers[name] = value
    return response


def _context(card: StatementCard, form: DisputeForm) -> dict[str, object]:
    now = timezone.now()
    texts = HouseholdPhone.objects.filter(household=card.household, no_texts_since=None)
    return {
        "card": card,
        "statement": household_statement(
            household=card.household,
            first_month=card.first_month,
            last_month=card.last_month,
            now=now,
        ),
        "basis": BASIS,
        "answer_days": terms_in_force(now=now).answer_days,
        "form": form,
        "texts": texts.exists(),
    }


def _stopped(request: HttpRequest, card: StatementCard) -> HttpResponse:
    stop_texts(card=card, now=timezone.now())
    context = _context(card, DisputeForm()) | {"said": _("We send no more texts to this phone.")}
    return render(request, "storefront/statement.html", context)


def _disputed(request: HttpRequest, card: StatementCard, form: DisputeForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        count_try(request, "objections", _DISPUTES_PER_HOUR)
        made = dispute_line(card=card, now=timezone.now(), **form.cleaned_data)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return None
    return redirect("storefront:objection", number=made.number)
