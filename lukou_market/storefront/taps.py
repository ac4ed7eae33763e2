"""A tap on the order button: what the buyer saw, and the key that makes it count once."""

import time
from dataclasses import asdict, dataclass
from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lukou_market.kernel.errors import DomainError
from lukou_market.orders.place_order import place_order
from lukou_market.storefront.buyer_request import BuyerRequest

_KEPT = "kept_tap"
_KEPT_S = 10 * 60  # who signs in tomorrow does not expect an order


@dataclass(frozen=True, slots=True)
class Tap:
    """An order the buyer asked for in a room; `key` was made when the form was rendered."""

    session_id: int
    key: str
    offer_id: int
    quantity: int
    shown_total_fen: int


def keep_tap(request: HttpRequest, tap: Tap) -> None:
    """Remember the tap of somebody who has to sign in first."""
    request.session[_KEPT] = {"until": time.time() + _KEPT_S, "tap": asdict(tap)}


def take_kept_tap(request: HttpRequest) -> Tap | None:
    """The tap that waited for the sign-in, once; one that waited too long is forgotten."""
    kept = request.session.pop(_KEPT, None)
    return Tap(**kept["tap"]) if kept and time.time() < kept["until"] else None


def order_tapped(request: HttpRequest, tap: Tap) -> HttpResponseRedirect:
    """Place the order and go to it; refused, go back to the room with the quantity kept."""
    try:
        placed = place_order(
            buyer_id=cast(BuyerRequest, request).user.pk,
            key=tap.key,
            offer_id=tap.offer_id,
            quantity=tap.quantity,
            shown_total_fen=tap.shown_total_fen,
            now=timezone.now(),
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
        wanted = urlencode({"offer": tap.offer_id, "quantity": tap.quantity})
        return HttpResponseRedirect(f"{reverse('storefront:room', args=[tap.session_id])}?{wanted}")
    if not placed.replayed:
        messages.success(request, _("It is reserved for you. Please pay before the time is up."))
    return redirect("storefront:order", number=placed.number)
