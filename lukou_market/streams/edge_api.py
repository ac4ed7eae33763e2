"""What the edge asks and tells about hosts' pictures. It answers only the edge.

Form fields are those of nginx-rtmp: `name` (the stream's, with its key), `clientid` (its number
of the connection), `path` (of a recording), and of a picture that goes on `time` (seconds since it
was announced) and `timestamp` (milliseconds of picture that came).
"""

import logging
from collections.abc import Callable
from functools import wraps
from hmac import compare_digest

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from lukou_market.kernel.errors import DomainError
from lukou_market.kernel.nudge import nudge
from lukou_market.streams.admit_publisher import admit_publisher
from lukou_market.streams.errors import PictureNeverCame, StreamKeyWrong
from lukou_market.streams.keep_recording import keep_recording
from lukou_market.streams.publisher_gone import publisher_gone
from lukou_market.streams.stream_keys import session_named
from lukou_market.streams.tasks import measure_recordings

logger = logging.getLogger(__name__)

# The edge lets go of who falls silent after the first frame, but would wait for that one for ever.
_FIRST_FRAME_WITHIN_S = 10

_View = Callable[[HttpRequest], HttpResponse]


def _for_edge(view: _View) -> _View:
    """Whoever does not have the edge's secret finds nothing here; a refusal is a 403."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not _is_edge(request):
            raise Http404
        try:
            return require_POST(view)(request)
        except DomainError as error:
            stream = session_named(request.POST.get("name", ""))
            logger.warning("%s refused for session %s: %s", view.__name__, stream, error.code)
            return HttpResponse(status=403)

    return guarded


@_for_edge
def publish(request: HttpRequest) -> HttpResponse:
    """A picture begins. Let in, it is renamed to its session, so that its key is in no address."""
    session_id = admit_publisher(
        name=request.POST.get("name", ""), publisher=_connection(request), now=timezone.now()
    )
    return HttpResponse(status=302, headers={"Location": str(session_id)})


@_for_edge
def update(request: HttpRequest) -> HttpResponse:
    """A picture goes on. Refused, the edge cuts it off: its key is old, its session over, or
    it never came."""
    if request.POST.get("call") == "update_play":
        return HttpResponse(status=204)  # the edge itself reads it, to cut it for the room
    if _never_came(request):
        raise PictureNeverCame
    admit_publisher(
        name=request.POST.get("name", ""), publisher=_connection(request), now=timezone.now()
    )
    return HttpResponse(status=204)


@_for_edge
def publish_done(request: HttpRequest) -> HttpResponse:
    """A picture has stopped."""
    publisher_gone(session_id=_session(request), publisher=_connection(request), now=timezone.now())
    return HttpResponse(status=204)


@_for_edge
def record_done(request: HttpRequest) -> HttpResponse:
    """A recording is complete."""
    keep_recording(
        session_id=_session(request), path=request.POST.get("path", ""), now=timezone.now()
    )
    nudge(measure_recordings)
    return HttpResponse(status=204)


def _is_edge(request: HttpRequest) -> bool:
    given = request.headers.get("X-Edge-Secret", "")
    return settings.EDGE_SECRET != "" and compare_digest(
        given.encode(), settings.EDGE_SECRET.encode()
    )


def _connection(request: HttpRequest) -> str:
    number = request.POST.get("clientid", "")
    if not (number.isascii() and number.isdigit() and len(number) <= 20):
        raise StreamKeyWrong
    return number


def _never_came(request: HttpRequest) -> bool:
    waited_s = request.POST.get("time", "")
    late = waited_s.isdecimal() and int(waited_s[:9]) >= _FIRST_FRAME_WITHIN_S
    return late and request.POST.get("timestamp") == "0"


def _session(request: HttpRequest) -> int:
    session_id = session_named(request.POST.get("name", ""))
    if session_id is None:
        raise StreamKeyWrong
    return session_id
