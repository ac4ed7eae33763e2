"""Public notices (公示): the list, one of them, and objections without signing in."""

from typing import cast

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from rest_framework.request import Request

from lukou_market.accounts.throttles import CodesPerAddress
from lukou_market.households.models import IncomeKind
from lukou_market.kernel.errors import DomainError
from lukou_market.kernel.hourly_limit import wait_s
from lukou_market.public_notices.errors import TooManyTries
from lukou_market.public_notices.models import PostingPhoto, PublicNotice
from lukou_market.public_notices.notice_paper import few_words, village_figures
from lukou_market.public_notices.object_to_notice import object_to_notice, objection_of
from lukou_market.public_notices.queries import answers_to, is_late, notices_in, takes_objections
from lukou_market.public_notices.read_notice import read_notice
from lukou_market.regions.jurisdiction import EVERYWHERE
from lukou_market.regions.models import Region

_A_PAGE = 30
_OBJECTIONS_PER_HOUR, _LOOKS_PER_HOUR = 20, 120


class ObjectionForm(forms.Form):
    """What seems wrong; the rest may be left out."""

    text = forms.CharField(
        label=_("What seems wrong"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    phone = forms.CharField(
        label=_("Your phone (if you like)"), max_length=20, required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    household_number = forms.CharField(
        label=_("Your household number (if you like)"), max_length=40, required=False
    )


class ReceiptNumberForm(forms.Form):
    """A number to look something up by."""

    number = forms.CharField(label=_("Number of the objection"), max_length=40)


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """All notices, newest first; of one village with `?village=`."""
    found = notices_in(EVERYWHERE)
    village = request.GET.get("village", "")
    if village:
        found = found.filter(village=get_object_or_404(Region, code=village))
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "village": village, "form": ReceiptNumberForm()}
    return render(request, "storefront/public_notices.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, number: str) -> HttpResponse:
    """One notice as it hangs; POST objects to it."""
    found = _notice(number)
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count_try(request, "objections", _OBJECTIONS_PER_HOUR)
            made = object_to_notice(notice=found, now=timezone.now(), **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("storefront:objection", number=made.number)
    content = read_notice(found)
    context = {
        "notice": found,
        "content": content,
        "kinds": IncomeKind.labels,
        "village_figures": village_figures(content) if content.total else [],
        "few": "" if content.total else few_words(content),
        "takes_objections": takes_objections(found, now=timezone.now()),
        "answers": answers_to(found),
        "photos": found.photos.defer("jpeg"),
        "form": form,
    }
    return render(request, "storefront/public_notice.html", context)


@require_safe
def notice_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The frozen PDF."""
    return _file(bytes(_notice(number).pdf), "application/pdf", f"{number}.pdf")


@require_safe
def notice_lines(request: HttpRequest, number: str) -> HttpResponse:
    """The frozen content, whose SHA-256 the page shows."""
    content = bytes(_notice(number).content)
    return _file(content, "application/jsonl; charset=utf-8", f"{number}.jsonl")


@require_safe
def notice_photo(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """A photo of the notice on its board."""
    photo = get_object_or_404(PostingPhoto, pk=pk, notice__number=number)
    response = HttpResponse(bytes(photo.jpeg), content_type="image/jpeg")
    response["Content-Security-Policy"] = "default-src 'none'"
    return response


@never_cache
@require_safe
def look_up(request: HttpRequest) -> HttpResponse:
    """`?number=`: on to the objection with this receipt number."""
    form = ReceiptNumberForm(request.GET)
    if form.is_valid():
        found = objection_of(form.cleaned_data["number"])
        if found is not None:
            return redirect("storefront:objection", number=found.number)
        form.add_error("number", _("There is no objection with this number."))
    return render(request, "storefront/objection.html", {"form": form})


@never_cache
@require_safe
def objection(request: HttpRequest, number: str) -> HttpResponse:
    """Where an objection stands; its words are shown to nobody here."""
    try:
        count_try(request, "objection-looks", _LOOKS_PER_HOUR)
    except TooManyTries as refusal:
        return render(request, "storefront/objection.html", {"refusal": refusal}, status=429)
    found = objection_of(number)
    if found is None:
        raise Http404
    late = is_late(found, timezone.localdate())
    context = {"objection": found, "steps": found.steps.all(), "late": late}
    return render(request, "storefront/objection.html", context)


def count_try(request: HttpRequest, kind: str, most: int) -> None:
    """One more from this network address. Raises TooManyTries."""
    address = CodesPerAddress().get_ident(cast(Request, request)) or "unknown"
    if wait_s(kind, address, most):
        raise TooManyTries


def _notice(number: str) -> PublicNotice:
    notices = PublicNotice.objects.select_related("village__parent", "replaces", "replaced_by")
    return get_object_or_404(notices, number=number)


def _file(data: bytes, content_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(data, content_type=content_type, headers=headers)
