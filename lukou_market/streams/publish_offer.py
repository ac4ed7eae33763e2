"""Tell a room of an offer that is new or has changed."""

from datetime import datetime

from lukou_market.streams.models import Offer
from lukou_market.streams.offer_state import offer_state
from lukou_market.streams.publish import RoomEvent, publish


def publish_offer(offer: Offer, now: datetime) -> None:
    """Send the offer as it is at `now`; its `session` comes along."""
    publish(offer.session_id, RoomEvent.OFFER, offer_state(offer, offer.session, now))
