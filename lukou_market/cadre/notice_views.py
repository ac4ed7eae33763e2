"""Pages of public notices: what hangs, what may be posted, proof of it, and its clock."""

from datetime import date
from typing import cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from lukou_market.accounts.models import User
from lukou_market.cadre.one_page import one_page
from lukou_market.households.models import IncomeKind
from lukou_market.kernel.errors import DomainError
from lukou_market.kernel.refusals import refusal_shown
from lukou_market.public_notices.add_proof import add_proof
from lukou_market.public_notices.models import PublicNotice
from lukou_market.public_notices.notice_paper import few_words, village_figures
from lukou_market.public_notices.post_notice import latest_notice, post_notice, preview_notice
from lukou_market.public_notices.queries import notices_in, to_post
from lukou_market.public_notices.read_notice import read_content, read_notice
from lukou_market.public_notices.who_may import may_post
from lukou_market.regions.desk import desk_of
from lukou_market.regions.models import Level, Region

_A_PAGE = 50


class ProofForm(forms.Form):
    """A photo of the board."""

    photo = forms.FileField(
        label=gettext_lazy("Photo"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    taken_on = forms.DateField(
        label=gettext_lazy("Taken on"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    caption = forms.CharField(label=gettext_lazy("Caption"), max_length=80, required=False)


@require_safe
def notices_page(request: HttpRequest) -> HttpResponse:
    """GET /admin/public-notices/: approved months to post, and what hangs or hung."""
    desk = desk_of(request)
    page = one_page(notices_in(desk.jurisdiction), request, _A_PAGE)
    context = {
        **admin.site.each_context(request),
        "title": _("Public notices"),
        "page": page,
        "to_post": to_post(desk.jurisdiction),
        "today": timezone.localdate(),
    }
    return TemplateResponse(request, "cadre/notices.html", context)


@require_safe
def preview_page(request: HttpRequest, code: str, month: date) -> HttpResponse:
    """GET /admin/public-notices/<village>/2026-06/post/: what would be posted."""
    village = _village(request, code)
    try:
        content = read_content(preview_notice(village=village, month=month, now=timezone.now()))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("cadre:notices")
    context = {
        **admin.site.each_context(request),
        "title": _("Post a notice"),
        "village": village,
        "month": month,
        "content": content,
        "before": latest_notice(village, month),
        "kinds": IncomeKind.labels,
        "village_figures": village_figures(content) if content.total else [],
        "few": "" if content.total else few_words(content),
        "may_post": may_post(desk_of(request), village.code),
    }
    return TemplateResponse(request, "cadre/notice_preview.html", context)


@require_POST
def post_notice_action(request: HttpRequest, code: str, month: date) -> HttpResponse:
    """POST …/post/now/: it hangs from now on."""
    village = _village(request, code)
    user = _poster(request, village.code)
    with refusal_shown(request):
        notice = post_notice(
            village=village,
            month=month,
            posted_by=user,
            now=timezone.now(),
            correction=request.POST.get("correction", "")[:300],
        )
        messages.success(request, _("Posted. Now hang it on the board and add a photo."))
        return redirect("cadre:notice", notice.number)
    return redirect("cadre:notice-preview", village.code, month)


@require_safe
def notice_page(request: HttpRequest, number: str) -> HttpResponse:
    """GET /admin/public-notices/<number>/: one notice, its clock, photos and objections."""
    notice = _notice(request, number)
    content = read_notice(notice)
    context = {
        **admin.site.each_context(request),
        "title": _("Public notice"),
        "notice": notice,
        "content": content,
        "kinds": IncomeKind.labels,
        "village_figures": village_figures(content) if content.total else [],
        "few": "" if content.total else few_words(content),
        "objections": notice.objections.all(),
        "photos": notice.photos.defer("jpeg"),
        "may_post": may_post(desk_of(request), notice.village_id),
        "form": ProofForm(initial={"taken_on": timezone.localdate()}),
        "today": timezone.localdate(),
    }
    return TemplateResponse(request, "cadre/notice.html", context)


@require_POST
def add_proof_action(request: HttpRequest, number: str) -> HttpResponse:
    """POST /admin/public-notices/<number>/proof/: a photo of the board."""
    notice = _notice(request, number)
    user = _poster(request, notice.village_id)
    form = ProofForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Please choose a photo and say when it was taken."))
        return redirect("cadre:notice", number)
    photo = form.cleaned_data.pop("photo")
    with refusal_shown(request):
        add_proof(
            notice=notice,
            photo=photo,
            size=photo.size,
            added_by=user,
            now=timezone.now(),
            **form.cleaned_data,
        )
        messages.success(request, _("The photo hangs beside the notice."))
    return redirect("cadre:notice", number)


def _village(request: HttpRequest, code: str) -> Region:
    villages = Region.objects.select_related("parent").filter(level=Level.VILLAGE)
    village = get_object_or_404(villages, code=code)
    if not desk_of(request).jurisdiction.covers(code):
        raise Http404
    return village


def _notice(request: HttpRequest, number: str) -> PublicNotice:
    notices = PublicNotice.objects.select_related(
        "village__parent", "replaces", "replaced_by", "posted_by", "report__prepared_by"
    )
    notice = get_object_or_404(notices, number=number)
    if not desk_of(request).jurisdiction.covers(notice.village_id):
        raise Http404
    return notice


def _poster(request: HttpRequest, village_code: str) -> User:
    if not may_post(desk_of(request), village_code):
        raise PermissionDenied
    return cast(User, request.user)
