"""Whether a paper or file came from here: open to anybody, and without the figures on it."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lukou_market.regions.desk import desk_of
from lukou_market.reports.export_models import Export


@never_cache
@require_GET
def verify(request: HttpRequest, sha256: str) -> HttpResponse:
    """GET /verify/<sha256>/: which report it is; by whom, only for those who may see the region."""
    known = Export.objects.filter(Q(content_sha256=sha256) | Q(file_sha256=sha256))
    export = (
        known.filter(status=Export.Status.READY)
        .select_related("region__parent__parent", "asked_by")
        .order_by("id")
        .first()
    )
    inside = export is not None and desk_of(request).jurisdiction.covers(export.region_id)
    context = {"export": export, "sha256": sha256, "sees_person": inside}
    return render(request, "storefront/verify.html", context, status=200 if export else 404)
