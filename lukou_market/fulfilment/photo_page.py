"""A photo of a claim, for whom it concerns."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lukou_market.accounts.models import User
from lukou_market.fulfilment.keep_photo import photo_by_link, photo_path
from lukou_market.fulfilment.who_sees_claims import may_see_claim
from lukou_market.regions.desk import desk_of


@never_cache
@login_required
@require_GET
def claim_photo(request: HttpRequest, signed: str) -> FileResponse:
    """The file; for everybody else, and once its link has ended, there is nothing here."""
    photo = photo_by_link(signed)
    if photo is None:
        raise Http404
    if not may_see_claim(cast(User, request.user), desk_of(request), photo.claim):
        raise Http404
    path = photo_path(photo)
    if not path.exists():
        raise Http404
    response = FileResponse(path.open("rb"), content_type="image/jpeg")
    response["Content-Security-Policy"] = "default-src 'none'"
    return response
