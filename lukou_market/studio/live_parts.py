"""What changes of the console while the host talks: looked at again every few seconds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from lukou_market.streams.models import LiveSession, Offer
from lukou_market.streams.queries import session_with_offers
from lukou_market.studio.figures import session_figures
from lukou_market.studio.minute_chart import minute_chart

Status = LiveSession.Status


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer as the console lists it. `state`: on sale, paused, sold out, waiting or over."""

    offer: Offer
    pinned: bool
    first: bool
    last: bool
    state: str

    @property
    def flash(self) -> bool:
        """Whether the offer is a flash offer."""
        return self.offer.closes_at is not None


def live_parts(session: LiveSession, *, now: datetime) -> dict[str, Any]:
    """The context of the parts; as many queries however much the session has sold."""
    offers = list(session_with_offers(session.pk).offers.all())
    rows = [
        OfferRow(
            offer=offer,
            pinned=offer.pk == session.pinned_offer_id,
            first=offer is offers[0],
            last=offer is offers[-1],
            state=_state(offer, now),
        )
        for offer in offers
    ]
    return {
        "session": session,
        "now": now,
        "over": session.status in (Status.ENDED, Status.CANCELLED),
        "ends_at": _ends_at(session),
        "takes_picture": bool(settings.INGEST_URL),
        "rows": rows,
        "pinned": next((row for row in rows if row.pinned), None),
        "next": _next(rows),
        "figures": session_figures(session),
        "chart": minute_chart(session, now=now),
    }


def _ends_at(session: LiveSession) -> datetime:
    """When a break that nobody ends ends the session."""
    began = session.started_at or session.status_at
    return min(session.status_at + settings.RECONNECT, began + settings.LONGEST_SESSION)


def _state(offer: Offer, now: datetime) -> str:
    if offer.closes_at is not None and offer.closes_at <= now:
        return "over"
    if offer.left < 1:
        return "sold_out"
    if offer.paused:
        return "paused"
    return "waiting" if offer.opens_at is not None and now < offer.opens_at else "on_sale"


def _next(rows: list[OfferRow]) -> OfferRow | None:
    """The row to talk about next: the first on sale after the pinned one, around the end."""
    at = next((i for i, row in enumerate(rows) if row.pinned), -1)
    around = rows[at + 1 :] + rows[: max(at, 0)]
    return next((row for row in around if row.state == "on_sale"), None)
