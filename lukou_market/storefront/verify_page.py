"""Whether a paper or file came from here: open to anybody, and without the figures on it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lukou_market.public_notices.find_paper import find_paper
from lukou_market.regions.desk import desk_of


@require_safe
def verify_typed(request: HttpRequest) -> HttpResponse:
    """GET /verify/?sha256=…: where a hash is typed in."""
    typed = "".join(request.GET.get("sha256", "").lower().split())
    if typed.isalnum() and typed.isascii():
        return redirect("storefront:verify", sha256=typed)
    return render(request, "storefront/verify.html", {"typed": typed})


@never_cache
@require_safe
def verify(request: HttpRequest, sha256: str) -> HttpResponse:
    """GET /verify/<sha256>/: which paper it is; by whom, only for those who may see the region."""
    paper = find_paper(sha256)
    inside = paper is not None and desk_of(request).jurisdiction.covers(paper.region.code)
    context = {"paper": paper, "sha256": sha256, "sees_person": inside}
    return render(request, "storefront/verify.html", context)
