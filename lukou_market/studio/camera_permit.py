"""The permit that the studio's page shows to the camera process, and gets anew while on air."""

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lukou_market.kernel.errors import DomainError
from lukou_market.kernel.problems import CONTENT_TYPE, problem
from lukou_market.studio.access import HostRequest, for_hosts, own_session
from lukou_market.studio.camera.permit import LIFE, make_permit


@require_GET
@never_cache
@for_hosts
def permit(request: HostRequest, session_id: int) -> HttpResponse:
    """A permit for the host's own session and its life in seconds, or why there is none."""
    mine = own_session(request.host, session_id)
    try:
        made = make_permit(session=mine, now=timezone.now())
    except DomainError as refusal:
        body = problem(status=refusal.status, code=refusal.code, sentence=str(refusal.sentence))
        return JsonResponse(body, status=refusal.status, content_type=CONTENT_TYPE)
    return JsonResponse({"permit": made, "seconds": int(LIFE.total_seconds())})
