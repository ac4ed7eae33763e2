"""The replay in a room that is over: what was shown and said at which moment of it."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET

from lukou_market.streams.chat_queries import messages_after
from lukou_market.streams.models import LiveSession, Offer, Replay
from lukou_market.streams.replay_clock import replay_position_ms

_MESSAGES_A_PAGE = 300
_LARGEST_BIGINT = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Moment:
    """From here on the host talked about this offer; None: about none. `at_ms` in the replay."""

    at_ms: int
    offer: Offer | None

    @property
    def clock(self) -> str:
        """Where to find it, as players show it: 1:05, or 1:00:05."""
        minutes, seconds = divmod(self.at_ms // 1000, 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def has_replay(session: LiveSession) -> bool:
    """Whether there is one to be watched; it is the edge that sends it."""
    return bool(settings.EDGE_URL) and Replay.objects.filter(session=session).exists()


def moments_of(session: LiveSession) -> list[Moment]:
    """The changes of the pinned offer, in order; of those at one moment the last."""
    parts = list(session.replay_parts.all())
    moments: dict[int, Moment] = {}
    for change in session.pin_changes.select_related("offer__sku__product"):
        at_ms = replay_position_ms(parts, change.at)
        if at_ms is not None:
            moments[at_ms] = Moment(at_ms, change.offer)
    in_order = list(moments.values())
    return [
        one
        for before, one in zip([None, *in_order], in_order, strict=False)
        if before is None or before.offer != one.offer
    ]


@gzip_page
@require_GET
def replay_chat(request: HttpRequest, session_id: int) -> HttpResponse:
    """What was said after the message `after`, with its place in the replay; `next` goes on."""
    after = request.GET.get("after", "0")
    session = LiveSession.objects.filter(pk=session_id, status="ended").first()
    if session is None or not (after.isascii() and after.isdigit()):
        raise Http404
    parts = list(session.replay_parts.all())
    said = messages_after(session_id, min(int(after[:19]), _LARGEST_BIGINT), _MESSAGES_A_PAGE)
    chat = [
        {
            "id": message["id"],
            "who": message["who"],
            "text": message["text"],
            "at_ms": replay_position_ms(parts, message["said_at"]) or 0,
        }
        for message in said
    ]
    following = said[-1]["id"] if len(said) == _MESSAGES_A_PAGE else None
    return JsonResponse({"chat": chat, "next": following})
